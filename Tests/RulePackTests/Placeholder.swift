enum RulePackTestsPlaceholder {}
