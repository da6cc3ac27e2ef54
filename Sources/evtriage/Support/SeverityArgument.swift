public import ArgumentParser
public import RuleEngine

extension Severity: ExpressibleByArgument {}
