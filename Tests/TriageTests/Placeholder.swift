enum TriageTestsPlaceholder {}
