enum ReportingTestsPlaceholder {}
