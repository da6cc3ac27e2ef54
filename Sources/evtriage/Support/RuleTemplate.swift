/// The rule file that `rules new` writes.
enum RuleTemplate {
  /// A pack's ID made of a file's name.
  static func identifier(from name: String) -> String {
    let mapped = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let parts = String(mapped).split(separator: "-")
    return parts.isEmpty ? "my-rules" : parts.joined(separator: "-")
  }

  static func text(packID: String) -> String {
    """
    pack: \(packID)
    title: My rules
    rules:
      - id: \(packID)-backup-failed
        title: The nightly backup failed
        match:                                  # all lines hold; a list means any of
          Provider_Name: Contoso Backup
          EventID: [100, 101]
        severity: high                          # informational, low, medium, high, critical
        parameters: [job, error]                # names for the event's insertion strings %1, %2
        message: Backup job {job} failed with error {error}.
        group_by: [Computer, job]               # one finding for each distinct value
        meaning: The newest backup is older than a day; a restore would lose what changed since.
        causes:                                 # the most likely first
          - id: disk-full
            title: The backup disk is full
            why: The job stops when its target has no room left.
            check:
              - run: Get-PSDrive -PSProvider FileSystem
                on: the backup server
                expect: at least 20 % of the target drive is free
            fix: Remove the oldest backup sets, or give the job a larger target.
        references: [https://learn.microsoft.com/windows-server/administration/windows-server-backup/overview]
        tests:
          - fires: {Provider_Name: Contoso Backup, EventID: 100, Data: [Nightly, "0x70"]}
            message: Backup job Nightly failed with error 0x70.
          - quiet: {Provider_Name: Contoso Backup, EventID: 102}

    """
  }
}
