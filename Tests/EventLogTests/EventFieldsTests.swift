import EventLog
import TestSupport
import Testing

/// Events as slices hold what events as strings hold, whichever way they were read.
struct EventFieldsTests {
  @Test(arguments: ExportShape.all + ExportShape.tricky, [TextForm.utf8, .utf16LittleEndianWithMark, .utf16BigEndian])
  func bothWaysOfReadingAgree(shape: ExportShape, form: TextForm) {
    expectAgreement(form.bytes(shape.text), "\(shape.name), \(form)")
  }

  @Test(arguments: 0..<16)
  func bothWaysOfReadingAgreeOnMutations(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let seeds = (ExportShape.all + ExportShape.tricky).map { Array($0.text.utf8) }
    for round in 0..<250 {
      expectAgreement(Mutation.mutate(seeds, &random), "seed \(seed), round \(round)")
    }
  }

  @Test(.enabled(if: Corpus.isPresent, "the corpus is not beside the project"))
  func bothWaysOfReadingAgreeOnTheCorpus() {
    for path in Corpus.xmlFiles(below: "xml") + Corpus.xmlFiles(below: "shapes") {
      expectAgreement(InputSource(origin: .file(path: path), name: path), path)
    }
  }

  @Test func insertionStringsComeFirst() {
    var event = Event()
    event.binary = "00FF"
    event.userData = [NamedValue(name: "Leaf/@x", value: "u")]
    event.data = [DataItem(name: "a", value: "1"), DataItem(value: "")]
    event.withFields { fields in
      #expect(fields.fields.map(\.kind) == [.data, .data, .userData, .binary])
      #expect(fields.fields[0].name.elementsEqual("a".utf8))
      #expect(fields.fields[1].name.isEmpty && fields.fields[1].value.isEmpty)
      expectEqual(fields, event)
    }
  }
}
