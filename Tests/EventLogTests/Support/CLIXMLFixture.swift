/// What PowerShell writes for the objects of `Get-EventLog` and `Get-WinEvent`.
enum CLIXMLFixture {
  static func entry(_ id: Int, typeNames: String, properties: String = "") -> String {
    """
    <Obj RefId="\(id)">\(typeNames)<ToString>System.Diagnostics.EventLogEntry</ToString><Props>
      <S N="MachineName">MAIL7.fabrikam.test</S><BA N="Data">XgAAwA==</BA><I32 N="Index">\(4000 + id)</I32><S N="Category">SmtpReceive</S>
      <I16 N="CategoryNumber">1</I16><Obj N="EntryType" RefId="\(id + 600)"><TNRef RefId="7"/>
      <ToString>Error</ToString><I32>1</I32></Obj><S N="Message">Inbound_x000D__x000A_failed_x005F_</S>
      <S N="Source">MSExchangeTransport</S><Obj N="ReplacementStrings" RefId="\(id + 700)"><TN RefId="8">
      <T>System.String[]</T></TN><LST><S>IllegalMessage</S><S>Default _xD83E__xDD8A_</S><S></S></LST></Obj>
      <I64 N="InstanceId">2147746827</I64><DT N="TimeGenerated">2026-03-02T09:15:30+01:00</DT>
      <DT N="TimeWritten">2026-03-02T09:15:31+01:00</DT><S N="UserName">FABRIKAM\\svc</S>\(properties)
    </Props></Obj>
    """
  }

  static let logEntries =
    #"<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">"# + "\n"
    + entry(
      0,
      typeNames: "<TN RefId=\"0\"><T>System.Diagnostics.EventLogEntry#Application/MSExchangeTransport/1035</T>"
        + "<T>System.Object</T></TN>") + "\n" + entry(1, typeNames: "<TNRef RefId=\"0\"/>") + "\n"
    + entry(2, typeNames: "<TN RefId=\"3\"><T>System.Diagnostics.EventLogEntry#System/Demo/1</T></TN>") + "\n</Objs>"

  static func record(_ id: Int) -> String {
    """
    <Obj RefId="\(id)"><TN RefId="0"><T>System.Diagnostics.Eventing.Reader.EventLogRecord</T></TN>
    <ToString>System.Diagnostics.Eventing.Reader.EventLogRecord</ToString><Props><I32 N="Id">16028</I32>
    <By N="Version">2</By><I32 N="Qualifiers">16388</I32><By N="Level">4</By><I32 N="Task">1</I32><I16 N="Opcode">9</I16>
    <I64 N="Keywords">-9187343239835811840</I64><I64 N="RecordId">\(77 + id)</I64>
    <S N="ProviderName">MSExchangeTransportSubmission</S><G N="ProviderId">0e8478c5-3605-4e8c-8497-1e730c959516</G>
    <S N="LogName">Application</S><I32 N="ProcessId">12</I32><I32 N="ThreadId">34</I32>
    <S N="MachineName">MAIL7.fabrikam.test</S><Obj N="UserId" RefId="\(id + 300)"><TN RefId="5"><T>Sid</T></TN>
    <ToString>S-1-5-18</ToString><Props><I32 N="BinaryLength">12</I32></Props></Obj>
    <DT N="TimeCreated">2024-06-18T05:42:06.00811-04:00</DT><G N="ActivityId">aa</G><Nil N="RelatedActivityId"/>
    <S N="LevelDisplayName">Informationen</S><Obj N="KeywordsDisplayNames" RefId="\(id + 400)"><TN RefId="6"><T>List</T></TN>
    <LST><S>Klassisch</S></LST></Obj><Obj N="Properties" RefId="\(id + 500)"><TN RefId="4"><T>List</T></TN><LST>
    <Obj RefId="\(id + 501)"><TN RefId="2"><T>EventProperty</T></TN><Props><S N="Value">first</S></Props></Obj>
    <Obj RefId="\(id + 502)"><TNRef RefId="2"/><Props><I32 N="Value">42</I32></Props></Obj></LST></Obj></Props>
    <MS><S N="Message">Started.</S></MS></Obj>
    """
  }

  static let logRecords = "<Objs Version='1.1.0.1'>\n" + record(0) + "\n" + record(1) + "\n</Objs>"
}
