import Diagnostics
import Kubernetes
import Rules
import SourceText

/// Turns an edit of a node into an edit of source. There is none when the text to edit was not typed as it stands in
/// the manifest: made by a function, or put together from several pieces.
struct FixPlacer {
  let placement: Placement

  func fixIt(for edit: NodeEdit) -> FixIt? {
    sourceEdit(for: edit.change).map { FixIt(title: edit.title, edits: [$0], isSafe: edit.isSafe) }
  }

  private func sourceEdit(for change: NodeEdit.Change) -> FixIt.Edit? {
    switch change {
    case .renameKey(let node, let name):
      guard let map = placement.trees.map(of: node), let key = placement.trees.keyPlace(of: node) else { return nil }
      return typed(map, key).map { FixIt.Edit($0, ByteString(name)) }
    case .replaceText(let node, let range, let text):
      guard let map = placement.trees.map(of: node) else { return nil }
      return typed(map, placement.trees.rawRange(of: node, in: range)).map { FixIt.Edit($0, ByteString(text)) }
    case .insert(let key, let value, let mapping): return insertion(of: "\(key): \(value)", into: mapping)
    case .removeEntry(let node): return removal(of: node)
    case .deleteScript(let place): return FixIt.Edit(place, "")
    case .callTemplate(let name, let old, let node): return call(of: name, insteadOf: old, printing: node)
    case .quote(let node): return quotation(of: node)
    }
  }

  private func call(of name: String, insteadOf old: String, printing node: Node) -> FixIt.Edit? {
    guard let map = placement.trees.map(of: node), let key = placement.trees.keyPlace(of: node),
      let call = map.pieces(in: key).first?.calls.first(where: { $0.template == old }), let action = call.place,
      let constant = placement.trees.coverage?.constant(old, inAction: action)
    else { return nil }
    return FixIt.Edit(constant, ByteString(name))
  }

  private func quotation(of node: Node) -> FixIt.Edit? {
    guard let map = placement.trees.map(of: node) else { return nil }
    let pieces = map.pieces(in: placement.trees.place(of: node))
    guard let piece = pieces.first, pieces.count == 1 else { return nil }
    switch piece.printer {
    case .templateText(let place) where piece.source == nil:
      return FixIt.Edit(place, "\"" + place.text + "\"")
    case .action(let place):
      // Behind the pipeline, before blanks, the trim marker and the closing braces.
      let text = place.text.bytes
      guard text.count > 4, text.suffix(2).elementsEqual("}}".utf8) else { return nil }
      var end = text.count - 2
      if text[end - 1] == UInt8(ascii: "-"), text[end - 2] == UInt8(ascii: " ") { end -= 1 }
      while end > 2, text[end - 1] == UInt8(ascii: " ") { end -= 1 }
      let offset = place.range.start + end
      return FixIt.Edit(SourceRange(place.file, ByteRange(offset, offset)), " | quote")
    case .templateText, .unknown: return nil
    }
  }

  /// The place where exactly these bytes were typed.
  private func typed(_ map: SourceMap, _ range: ByteRange) -> SourceRange? {
    let pieces = map.pieces(in: range)
    guard pieces.count == 1, let piece = pieces.first, piece.isTemplateText || piece.isFromLeaf,
      let place = piece.innermostPlace, place.text == map.bytes(of: piece)
    else { return nil }
    return place
  }

  /// The line of an entry that shares it with nothing but blanks and a comment.
  private func removal(of entry: Node) -> FixIt.Edit? {
    guard entry.isScalar, let map = placement.trees.map(of: entry), let keyPlace = placement.trees.keyPlace(of: entry),
      let key = typed(map, keyPlace), let value = typed(map, placement.trees.place(of: entry)), value.file == key.file
    else { return nil }
    let text = key.file.text.bytes
    let newline = UInt8(ascii: "\n")
    let lineStart = (text[..<key.range.start].lastIndex(of: newline) ?? -1) + 1
    let lineEnd = text[value.range.end...].firstIndex(of: newline).map { $0 + 1 } ?? text.count
    let tail = text[value.range.end..<lineEnd].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
    guard text[lineStart..<key.range.start].allSatisfy({ $0 == UInt8(ascii: " ") }),
      !text[key.range.start..<value.range.end].contains(newline),
      tail.isEmpty || tail.first == newline || tail.first == UInt8(ascii: "#")
    else { return nil }
    return FixIt.Edit(SourceRange(key.file, ByteRange(lineStart, lineEnd)), "")
  }

  /// A line below the mapping's first entry, when that is a line of its own.
  private func insertion(of entry: String, into mapping: Node) -> FixIt.Edit? {
    guard let map = placement.trees.map(of: mapping), let first = Array(mapping.children).first,
      let keyPlace = placement.trees.keyPlace(of: first), first.isScalar, let key = typed(map, keyPlace),
      let value = typed(map, placement.trees.place(of: first))
        ?? map.pieces(in: placement.trees.place(of: first)).last.flatMap(printed), value.file == key.file
    else { return nil }
    let text = key.file.text.bytes
    var lineStart = key.range.start
    while lineStart > 0, text[lineStart - 1] != UInt8(ascii: "\n") { lineStart -= 1 }
    guard let lineEnd = text[value.range.end...].firstIndex(of: UInt8(ascii: "\n")),
      !text[key.range.start..<value.range.end].contains(UInt8(ascii: "\n"))
    else { return nil }
    let margin = text[lineStart..<key.range.start].map { $0 == UInt8(ascii: "-") ? UInt8(ascii: " ") : $0 }
    guard margin.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return nil }
    let line = String(decoding: margin, as: UTF8.self) + entry + "\n"
    return FixIt.Edit(SourceRange(key.file, ByteRange(lineEnd + 1, lineEnd + 1)), ByteString(line))
  }

  private func printed(_ piece: SourcePiece) -> SourceRange? {
    if case .action(let place) = piece.printer { return place }
    return nil
  }
}
