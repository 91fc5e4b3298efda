import Foundation
import Testing

/// ARCHITECTURE.md's table against the imports of every source file. SwiftPM alone would let a transitive import pass.
@Suite struct ImportTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  /// Open to all: memory and string primitives of the platform's C library, and the language's own.
  private static let open: Set<String> = ["Glibc", "Darwin", "Musl", "Synchronization"]

  /// The table's rows: room → what it may import, in the order of the table.
  private static func table() throws -> [(room: String, imports: Set<String>)] {
    let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
    return text.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| `"), cells.count == 3 else { return nil }
      return (names(in: cells[0]).first ?? "", Set(names(in: cells[2])))
    }
  }

  private static func names(in cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func everyFolderIsARoomOfTheTable() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    let rooms = try Self.table().map(\.room)
    #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(rooms))
  }

  @Test func roomsImportOnlyRoomsAboveThem() throws {
    var above: Set<String> = []
    let rooms = Set(try Self.table().map(\.room))
    for row in try Self.table() {
      #expect(row.imports.intersection(rooms).isSubset(of: above), "\(row.room) imports a room below itself")
      above.insert(row.room)
    }
  }

  @Test func filesImportWhatTheTableAllows() throws {
    for row in try Self.table() {
      let folder = Self.root.appending(path: "Sources/\(row.room)")
      guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { continue }
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for name in Self.imports(in: text) {
          let isCryptographyUsingFoundation = row.room == "Cryptography" && name.hasPrefix("Foundation")
          #expect(
            row.imports.contains(name) || Self.open.contains(name) || isCryptographyUsingFoundation,
            "\(row.room)/\(file.lastPathComponent) imports \(name); see ARCHITECTURE.md")
        }
      }
    }
  }

  private static func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ").map(String.init)
      guard let index = words.firstIndex(of: "import"), index + 1 < words.count, index <= 2,
        words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "package" || $0 == "public" || $0 == "internal" })
      else { return nil }
      let name = words[index + 1]
      return ["struct", "class", "func", "enum", "typealias"].contains(name) ? words.last : name
    }.map { String($0.split(separator: ".")[0]) }
  }
}
