/// What shows that a computer is a domain controller: logs and providers that only such computers have.
enum DomainControllerSigns {
  private static let channels = ["directory service", "dns server", "file replication service"]
  private static let providers = [
    "microsoft-windows-kerberos-key-distribution-center", "kdc", "microsoft-windows-activedirectory_domainservice",
  ]

  /// Whether an event of this channel and provider is such a sign.
  static func shows(channel: String, provider: String) -> Bool {
    channels.contains { equal($0, channel) } || providers.contains { equal($0, provider) }
  }

  private static func equal(_ folded: String, _ name: String) -> Bool {
    folded.utf8.count == name.utf8.count && folded == name.lowercased()
  }
}
