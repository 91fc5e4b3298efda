import Diagnostics
import SourceText
import Values

/// SARIF 2.1.0: one run, with the rules that it speaks of, each finding with its region, fingerprint, suppressions, the
/// way of its bytes as a code flow, and its fixes.
package enum SARIFReport {
  package static let schema = "https://json.schemastore.org/sarif-2.1.0.json"

  package static func text(of content: ReportContent) -> ByteString {
    var writer = SARIFWriter(content)
    let results = content.diagnostics.map { writer.result(of: $0) }
    let run = object([
      "tool": object(["driver": writer.driver]),
      "columnKind": .string("unicodeCodePoints"),
      "originalUriBaseIds": object(["SRCROOT": object(["description": object(["text": .string("Where Slipway ran")])])]
      ),
      "results": .list(results),
      "properties": writer.properties,
    ])
    return jsonDocument(object(["$schema": .string(schema), "version": .string("2.1.0"), "runs": .list([run])]))
  }
}

private struct SARIFWriter {
  private let content: ReportContent
  /// The rules that findings name, in the order of the catalogue; then the engine's own diagnostics.
  private let rules: [RuleDescription]
  private let indices: [String: Int]
  private var positions = Positions()

  init(_ content: ReportContent) {
    self.content = content
    let catalogue = content.catalogue()
    let known = Set(catalogue.map(\.id))
    var others: [String] = []
    for name in content.diagnostics.map(\.id.name) where !known.contains(name) && !others.contains(name) {
      others.append(name)
    }
    rules =
      catalogue
      + others.map {
        RuleDescription(id: $0, category: "engine", summary: $0, level: .error, why: "", remedy: "")
      }
    indices = Dictionary(rules.enumerated().map { ($0.element.id, $0.offset) }) { first, _ in first }
  }

  // MARK: Tool

  var driver: Value {
    object([
      "name": .string("Slipway"), "version": .string(content.toolVersion),
      "rules": .list(rules.map { Self.value(of: $0) }),
    ])
  }

  var properties: Value {
    object([
      "checkedObjects": .int(content.summary.checked), "objects": .int(content.summary.objects),
      "skippedObjects": .int(content.summary.skipped), "undecidedChecks": .int(content.summary.undecided),
      "environments": list(content.environments),
    ])
  }

  private static func value(of rule: RuleDescription) -> Value {
    let value = MapValue([
      "id": .string(rule.id), "shortDescription": message(rule.summary),
      "defaultConfiguration": object(["level": .string(rule.level.rawValue)]),
      "properties": object(["tags": list([rule.category])]),
    ])
    if !rule.why.isEmpty {
      let text = "\(rule.summary). \(rule.why)\n\nWhat to do: \(rule.remedy)"
      let markdown = "\(rule.summary).\n\n**Why it hurts:** \(rule.why)\n\n**What to do:** \(rule.remedy)"
      value["fullDescription"] = message(rule.why)
      value["help"] = object(["text": .string(text), "markdown": .string(markdown)])
    }
    if let reference = rule.references.first { value["helpUri"] = .string(reference) }
    return .map(value)
  }

  private static func message(_ text: String) -> Value { object(["text": .string(text)]) }

  // MARK: Results

  mutating func result(of diagnostic: Diagnostic) -> Value {
    let result = MapValue([
      "ruleId": .string(diagnostic.id.name), "ruleIndex": .int(indices[diagnostic.id.name] ?? -1),
      "level": .string(diagnostic.level.rawValue), "message": Self.message(text(of: diagnostic)),
      "partialFingerprints": object(["slipwayFinding/v1": .string(diagnostic.fingerprint)]),
      "suppressions": .list(suppressions(of: diagnostic)),
    ])
    if let primary = diagnostic.primary { result["locations"] = .list([location(primary, of: diagnostic)]) }
    let related = diagnostic.related.enumerated().map { number, label in
      let location = location(label, of: nil)
      location.asMap?["id"] = .int(number + 1)
      return location
    }
    if !related.isEmpty { result["relatedLocations"] = .list(related) }
    if let flow = codeFlow(of: diagnostic) { result["codeFlows"] = .list([flow]) }
    let fixes = diagnostic.fixIts.compactMap { fix($0) }
    if !fixes.isEmpty { result["fixes"] = .list(fixes) }
    if diagnostic.standing == .baselined { result["baselineState"] = .string("unchanged") }
    if !diagnostic.environments.isEmpty {
      result["properties"] = object(["environments": list(diagnostic.environments)])
    }
    return .map(result)
  }

  private func text(of diagnostic: Diagnostic) -> String {
    let names = content.environmentsToName(of: diagnostic)
    let environments = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
    // Brackets would be links.
    return (diagnostic.message + environments).reduce(into: "") { text, character in
      if "\\[]".contains(character) { text.append("\\") }
      text.append(character)
    }
  }

  private mutating func suppressions(of diagnostic: Diagnostic) -> [Value] {
    switch diagnostic.standing {
    case .reported: return []
    case .suppressed(let record):
      let kind = record.kind == .inSource ? "inSource" : "external"
      return [
        object([
          "kind": .string(kind), "status": .string("accepted"), "justification": .string(record.reason),
          "location": location(Label(record.place), of: nil),
        ])
      ]
    case .baselined:
      return [object(["kind": .string("external"), "justification": .string("in the baseline")])]
    }
  }

  /// From the value to the manifest: what supplied the bytes, what printed them, from where that was included.
  private mutating func codeFlow(of diagnostic: Diagnostic) -> Value? {
    let steps = diagnostic.related.filter(\.isOnTheWay)
    guard let primary = diagnostic.primary, !steps.isEmpty else { return nil }
    let labels = [Label(primary.place, primary.message.isEmpty ? "supplied here" : primary.message)] + steps
    let locations = labels.map { object(["location": location($0, of: nil)]) }
    return object(["threadFlows": .list([object(["locations": .list(locations)])])])
  }

  private mutating func fix(_ fixIt: FixIt) -> Value? {
    var files: [SourceFile] = []
    for edit in fixIt.edits where edit.place.file.kind == .file && !files.contains(edit.place.file) {
      files.append(edit.place.file)
    }
    guard !files.isEmpty else { return nil }
    var changes: [Value] = []
    for file in files {
      let replacements = fixIt.edits.filter { $0.place.file == file }.map { edit in
        object([
          "deletedRegion": region(of: edit.place),
          "insertedContent": object(["text": .string(edit.replacement.string)]),
        ])
      }
      changes.append(object(["artifactLocation": artifact(file), "replacements": .list(replacements)]))
    }
    return object(["description": Self.message(fixIt.title), "artifactChanges": .list(changes)])
  }

  // MARK: Places

  private mutating func location(_ label: Label, of diagnostic: Diagnostic?) -> Value {
    let location = MapValue([
      "physicalLocation": object([
        "artifactLocation": artifact(label.place.file), "region": region(of: label.place),
      ])
    ])
    if !label.message.isEmpty { location["message"] = Self.message(label.message) }
    if let rendered = diagnostic?.rendered {
      let field = rendered.field.isEmpty ? "" : " " + rendered.field
      location["logicalLocations"] = .list([
        object(["fullyQualifiedName": .string(rendered.object + field), "kind": .string("resource")])
      ])
    }
    return .map(location)
  }

  private func artifact(_ file: SourceFile) -> Value {
    guard file.kind == .file, !file.path.hasPrefix("/") else {
      return object(["uri": .string(file.kind == .file ? "file://" + Self.uri(file.path) : Self.uri(file.path))])
    }
    let path = file.path.hasPrefix("./") ? String(file.path.dropFirst(2)) : file.path
    return object(["uri": .string(Self.uri(path)), "uriBaseId": .string("SRCROOT")])
  }

  /// A path as a URI reference.
  private static func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let scalar = Unicode.Scalar(byte)
      if byte < 0x80, Character(scalar).isLetter || Character(scalar).isNumber || "/-._~+".utf8.contains(byte) {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }

  private mutating func region(of place: SourceRange) -> Value {
    let start = positions.position(of: place.range.start, in: place.file)
    let end = positions.position(of: max(place.range.start, place.range.end), in: place.file)
    return object([
      "startLine": .int(start.line), "startColumn": .int(start.column), "endLine": .int(end.line),
      "endColumn": .int(end.column), "byteOffset": .int(place.range.start),
      "byteLength": .int(max(0, place.range.count)),
      "snippet": object(["text": .string(place.text.string)]),
    ])
  }
}
