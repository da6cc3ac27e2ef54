import Foundation

/// Writes the export shapes of the tests as files: what the fuzzer starts from.
@main
enum WriteSeeds {
  static func main() throws {
    let folder = URL(fileURLWithPath: CommandLine.arguments[1])
    for shape in ExportShape.all + ExportShape.tricky {
      for form in [TextForm.utf8, .utf16LittleEndianWithMark, .utf16BigEndian, .windows1252] {
        let name = "\(shape.name) \(form.rawValue)".replacingOccurrences(of: " ", with: "-")
        try Data(form.bytes(shape.text)).write(to: folder.appendingPathComponent(name))
      }
    }
  }
}
