import EventLog
import TestSupport
import Testing

/// Everything that an event says is kept.
struct EventContentTests {
  @Test func theWholeHeaderIsKept() throws {
    let event = try intactEvent(
      """
      <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>
      <Provider Name="Microsoft-Windows-Demo" Guid="{0E8478C5-3605-4E8C-8497-1E730C959516}" EventSourceName="Demo &amp; Co"/>
      <EventID Qualifiers="49152">1988</EventID><Version>3</Version><Level>2</Level><Task>5</Task><Opcode>9</Opcode>
      <Keywords>0x8080000000000000</Keywords><TimeCreated SystemTime="2026-02-12T07:51:44.3953581Z"/>
      <EventRecordID>104133172</EventRecordID>
      <Correlation ActivityID="{A}" RelatedActivityID="{B}"/>
      <Execution ProcessID="776" ThreadID="5416" KernelTime="12"/><Channel>Directory Service</Channel>
      <Computer>DC4.fabrikam.test</Computer><Security UserID="S-1-5-7"/><Color>green</Color>
      </System></Event>
      """)
    #expect(
      event.provider
        == Provider(
          name: "Microsoft-Windows-Demo", guid: "{0E8478C5-3605-4E8C-8497-1E730C959516}", eventSourceName: "Demo & Co"))
    #expect((event.eventID, event.qualifiers, event.version) == (1988, 49152, 3))
    #expect(event.level == .error)
    #expect((event.task, event.opcode, event.keywords) == (5, 9, 0x8080_0000_0000_0000))
    #expect(event.timeCreated?.description == "2026-02-12T07:51:44.3953581Z")
    #expect(event.recordID == 104_133_172)
    #expect((event.activityID, event.relatedActivityID) == ("{A}", "{B}"))
    #expect((event.processID, event.threadID) == (776, 5416))
    #expect((event.channel, event.computer, event.userID) == ("Directory Service", "DC4.fabrikam.test", "S-1-5-7"))
    #expect(
      event.unparsedSystemFields == [
        NamedValue(name: "Execution_KernelTime", value: "12"), NamedValue(name: "Color", value: "green"),
      ])
  }

  @Test func everyPartOfTheHeaderMayBeMissing() throws {
    let event = try intactEvent(
      "<Event><System><EventID Qualifiers=''>9</EventID><Security UserID=''/></System></Event>")
    #expect((event.eventID, event.qualifiers, event.userID) == (9, nil, nil))
    #expect(event.provider.name.isEmpty && event.channel.isEmpty && event.computer.isEmpty)
    #expect(event.timeCreated == nil && event.keywords == nil && event.processID == nil)
  }

  @Test func aTimeThatIsNoneIsKeptAsText() throws {
    let event = try intactEvent(
      "<Event><System><EventID>9</EventID><TimeCreated SystemTime='SystemTime'/></System></Event>")
    #expect(event.timeCreated == nil)
    #expect(event.unparsedSystemFields == [NamedValue(name: "TimeCreated_SystemTime", value: "SystemTime")])
  }

  @Test func dataIsKeptInOrderNamedUnnamedRepeatedAndEmpty() throws {
    let event = try intactEvent(
      event(
        "<EventData Name='Template'><Data>one</Data><Data Name='a'>1</Data><Data Name='a'>2</Data><Data/>"
          + "<Data Name='b'></Data><Data Name='c'>\n  </Data><Data> x </Data><Binary>5E0000C0</Binary>"
          + "<ComplexData Name='Idle'>00FF</ComplexData></EventData>"))
    #expect(event.dataTemplate == "Template")
    #expect(
      event.data == [
        DataItem(value: "one"), DataItem(name: "a", value: "1"), DataItem(name: "a", value: "2"), DataItem(value: ""),
        DataItem(name: "b", value: ""), DataItem(name: "c", value: ""), DataItem(value: " x "),
        DataItem(name: "Idle", value: "00FF"),
      ])
    #expect(event.binary == "5E0000C0")
  }

  @Test(
    arguments: [
      ("a\nb", "a\nb"), ("a\r\nb", "a\nb"), ("a&#13;&#10;b", "a\r\nb"),
      ("\n at x()\n at y()\n", "\n at x()\n at y()\n"),
      ("&lt;&amp;&gt;&quot;&apos;", "<&>\"'"), ("&#x41;&#66;&#x1F98A;", "AB🦊"),
      ("a\u{2028}b\u{A0}\u{200E}", "a\u{2028}b\u{A0}\u{200E}"),
      ("<![CDATA[a < b && c]]>", "a < b && c"), ("x<![CDATA[]]>y<!-- note -->z", "xyz"), ("%%1311", "%%1311"),
      ("---&gt; at System.Net", "---> at System.Net"), ("-", "-"), (noncharacter, noncharacter),
    ] as [(String, String)])
  func valuesAreKeptToTheCharacter(_ text: String, _ value: String) throws {
    #expect(try intactEvent(event(data: text)).data == [DataItem(value: value)])
  }

  @Test(arguments: [
    "<string>a</string><string>b</string>", "\n  <string>a</string>\n  <string>b</string>\n", "a<string>b</string>",
  ])
  func nestedStringsBecomeLinesOfOneValue(_ text: String) throws {
    #expect(try intactEvent(event(data: text)).data == [DataItem(value: "a\nb")])
  }

  @Test func userDataIsKeptByPathWithAttributes() throws {
    let event = try intactEvent(
      event(
        """
        <UserData>
          <Out xmlns='urn:a' xmlns:b='urn:b' kind='x'>
            <b:In b:id='1'>one</b:In>
            <In/>
            <Deep><Result value="800B0109">text <Leaf>2</Leaf> tail</Result></Deep>
          </Out>
        </UserData>
        """))
    #expect(
      event.userData == [
        NamedValue(name: "Out/@kind", value: "x"), NamedValue(name: "Out/In/@id", value: "1"),
        NamedValue(name: "Out/In", value: "one"), NamedValue(name: "Out/In", value: ""),
        NamedValue(name: "Out/Deep/Result/@value", value: "800B0109"),
        NamedValue(name: "Out/Deep/Result", value: "text "), NamedValue(name: "Out/Deep/Result/Leaf", value: "2"),
        NamedValue(name: "Out/Deep/Result", value: " tail"),
      ])
  }

  @Test func anElementNamedEventInUserDataIsPayload() throws {
    let result = readAll(
      event(
        "<UserData><Log><Event kind='a'><x><System>no header</System></x></Event><Event/><Event>b</Event></Log></UserData>"
      )
        + event(data: "next"))
    #expect(result.counts == "2 intact, 0 recovered, 0 unreadable")
    #expect(
      result.events.first?.userData.map(\.name) == [
        "Log/Event/@kind", "Log/Event/x/System", "Log/Event", "Log/Event",
      ])
  }

  @Test func processingErrorsAndDebugDataAreKept() throws {
    let event = try intactEvent(
      event(
        "<ProcessingErrorData><ErrorCode>15005</ErrorCode><DataItemName/><EventPayload>0A0B</EventPayload>"
          + "</ProcessingErrorData><DebugData><SequenceNumber>7</SequenceNumber></DebugData><Extra x='1'>text</Extra>"))
    #expect(
      event.processingErrors == [
        NamedValue(name: "ErrorCode", value: "15005"), NamedValue(name: "DataItemName", value: ""),
        NamedValue(name: "EventPayload", value: "0A0B"),
      ])
    #expect(
      event.otherData == [
        NamedValue(name: "DebugData/SequenceNumber", value: "7"), NamedValue(name: "Extra/@x", value: "1"),
        NamedValue(name: "Extra", value: "text"),
      ])
  }

  @Test func theRenderingIsKept() throws {
    let event = try intactEvent(
      event(
        """
        <RenderingInfo Culture='zh-CN'><Message>第一行&#xD;
        第二行</Message><Level>错误</Level><Task>SmtpReceive</Task><Opcode>信息</Opcode><Channel>应用程序</Channel>
        <Provider>Demo 提供程序</Provider><Keywords><Keyword>经典</Keyword><Keyword>审核</Keyword></Keywords>
        <Unknown>kept</Unknown></RenderingInfo>
        """))
    let rendering = try #require(event.rendering)
    #expect((rendering.culture, rendering.message) == ("zh-CN", "第一行\r\n第二行"))
    #expect((rendering.level, rendering.task, rendering.opcode) == ("错误", "SmtpReceive", "信息"))
    #expect((rendering.channel, rendering.provider) == ("应用程序", "Demo 提供程序"))
    #expect(rendering.keywords == ["经典", "审核"])
    #expect(event.otherData == [NamedValue(name: "RenderingInfo/Unknown", value: "kept")])
  }

  @Test func aValueOfOneMegabyteIsKept() throws {
    let value = String(repeating: "0123456789abcdé\n", count: 65_536)
    #expect(try intactEvent(event(data: value)).data.first?.value == value)
  }
}
