import Foundation
import PackagePlugin

/// Runs `embed-rules` over `Rules/` before a target is built.
@main
struct EmbedRules: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "Rules")
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedPacks.swift")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let packs = names.filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0) }
    return [
      .buildCommand(
        displayName: "Embedding \(packs.count) rule packs",
        executable: try context.tool(named: "embed-rules").url,
        arguments: [folder.path, output.path],
        inputFiles: packs,
        outputFiles: [output])
    ]
  }
}
