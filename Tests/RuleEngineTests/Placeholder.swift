enum RuleEngineTestsPlaceholder {}
