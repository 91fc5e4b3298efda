import SourceText
import Values

// What functions can ask of the evaluator: running other templates.
extension Evaluator {
  /// Runs a named template and answers its text: the body of `include`.
  package func include(_ name: ByteString, data: Value) throws(FunctionError) -> Text {
    if isNestedTooOften(name) {
      throw FunctionError(
        bytes: "rendering template has a nested reference name: " + name + ": unable to execute template")
    }
    included.append(name)
    defer { included.removeLast() }
    do throws(ExecutionError) {
      guard let tree = scope[name] else { throw ExecutionError(.missingTemplate(name), at: nil) }
      return try run(tree, data, frame: enter(name))
    } catch {
      throw FunctionError(bytes: "", cause: error)
    }
  }

  /// A name cannot be nested more often than all names together, so that they are counted only below that depth.
  private func isNestedTooOften(_ name: ByteString) -> Bool {
    guard included.count > limits.includeDepth else { return false }
    return included.count { $0 == name } > limits.includeDepth
  }

  /// Parses `source` and runs it: the body of `tpl`. What it defines is visible until it ends.
  package func expand(_ source: Text, origin: OriginID, data: Value) throws(FunctionError) -> Text {
    guard expansionDepth < limits.expansionDepth else {
      throw FunctionError("tpl is nested more than \(limits.expansionDepth) times")
    }
    expansionDepth += 1
    defer { expansionDepth -= 1 }
    if !sources.knows(source) { try spend(source.count + 60) }
    let parsed = sources.parse(
      source, origin: origin, functions: functions, origins: origins, supervision: limits.supervision)
    if let failure = parsed.failures.first {
      throw FunctionError(
        bytes: "cannot parse template " + GoQuote.quote(source.byteString) + ": " + failure.goText, cause: failure)
    }
    let outer = scope
    scope = TemplateScope(outer, adding: parsed)
    defer { scope = outer }
    do throws(ExecutionError) {
      return try run(parsed.main, data, frame: enter("gotpl")).removingNoValue(tracking: origins.isTracking)
    } catch {
      throw FunctionError(
        bytes: "error during tpl function execution for " + GoQuote.quote(source.byteString) + ": ", cause: error)
    }
  }

  /// How a message names what a `call` was given.
  package func calleeText(_ value: Value) -> ByteString {
    if let callee { return GoSyntax.text(of: callee) }
    if let text = value.text { return text.byteString }
    return ByteString("<\(value.goType) Value>")
  }

  private func enter(_ name: ByteString) -> FrameID {
    origins.isTracking ? origins.enter(name.string, from: site, in: frame) : .none
  }

  /// The texts that `tpl` parsed, with the values they came from, for mapping positions back.
  package var generatedSources: [(file: SourceFile, text: Text, origin: OriginID)] { sources.texts }
}

/// The texts that a render gave to `tpl`, each parsed once.
struct GeneratedSources {
  private struct Entry {
    var text: Text
    var origin: OriginID
    var parsed: ParsedTemplate
  }

  private var entries: [ByteString: [Entry]] = [:]
  private(set) var texts: [(file: SourceFile, text: Text, origin: OriginID)] = []

  /// Whether a text was parsed before, apart from where it came from.
  func knows(_ text: Text) -> Bool { entries[text.byteString] != nil }

  /// The parsed form of a text. With tracking on, equal texts from different places are different files.
  mutating func parse(
    _ text: Text, origin: OriginID, functions: FunctionTable, origins: OriginTable, supervision: Supervision?
  ) -> ParsedTemplate {
    let key = text.byteString
    if let known = entries[key] {
      for entry in known where !origins.isTracking || (entry.origin == origin && entry.text.runs == text.runs) {
        return entry.parsed
      }
    }
    let file = SourceFile(path: "gotpl", kind: .generated, text: key)
    let parsed = TemplateParser.parse(file: file, name: "gotpl", functions: functions, supervision: supervision)
    entries[key, default: []].append(Entry(text: text, origin: origin, parsed: parsed))
    if origins.isTracking {
      texts.append((file, text, origin))
      origins.addSource(of: file, text: text, origin: origin)
    }
    return parsed
  }
}

extension Text {
  /// Without each `<no value>`, which Helm cuts out of what it renders, also where an author wrote it.
  package func removingNoValue(tracking: Bool) -> Text {
    let marker = Array("<no value>".utf8)
    var pieces: [Range<Int>] = []
    var start = 0
    var index = 0
    bytes.withUnsafeBufferPointer { buffer in
      // From one `<` to the next: almost no text has any.
      while let found = firstOffset(of: marker[0], in: buffer, from: index), found + marker.count <= buffer.count {
        if buffer[found..<(found + marker.count)].elementsEqual(marker) {
          pieces.append(start..<found)
          index = found + marker.count
          start = index
        } else {
          index = found + 1
        }
      }
    }
    guard !pieces.isEmpty else { return self }
    pieces.append(start..<bytes.count)
    var builder = TextBuilder(tracking: tracking, capacity: bytes.count)
    for (index, piece) in pieces.enumerated() {
      if index > 0 { builder.appendNothing(for: self, at: pieces[index - 1].upperBound) }
      builder.append(self, piece, origin: .none)
    }
    return builder.finish()
  }
}
