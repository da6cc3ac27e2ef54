/// What Event Viewer puts on the clipboard: of Windows Server 2003, and of later ones.
enum ClassicTextFixture {
  static let first = """
    Event Type:\tError
    Event Source:\tMSExchangeTransport
    Event Category:\tSmtpReceive
    Event ID:\t1035
    Date:\t\t3/2/2026
    Time:\t\t8:15:30 AM
    User:\t\tN/A
    Computer:\tMAIL7
    Description:
    Inbound authentication failed with error IllegalMessage for Receive connector Default MAIL7.
    Source: 198.51.100.23, User: none, Level: high.

    """
  static let second = """
    Log Name:      System
    Source:        Microsoft-Windows-Time-Service
    Date:          2026-03-02 08:15:31
    Event ID:      36
    Task Category: None
    Level:         Warning
    Keywords:      \n\
    User:          LOCAL SERVICE
    Computer:      MAIL7.fabrikam.test
    Description:
    The time service has not synchronized the system time.

    """
}
