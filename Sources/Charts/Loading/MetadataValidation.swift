import SemanticVersions
import SourceText

extension ChartMetadata {
  /// Cleans every text but the version, then checks what Helm checks, in its order.
  mutating func validate() throws(ChartError) {
    sanitise()
    if apiVersion.isEmpty { throw invalid("chart.metadata.apiVersion is required", apiVersion) }
    if name.isEmpty { throw invalid("chart.metadata.name is required", name) }
    if name.text == "." || name.text == ".." {
      throw invalid("chart.metadata.name " + GoText.quoted(name.text) + " is not allowed", name)
    }
    if name.text != GoPath.base(name.text) {
      throw invalid("chart.metadata.name " + GoText.quoted(name.text) + " is invalid", name)
    }
    if version.isEmpty { throw invalid("chart.metadata.version is required", version) }
    if (try? SemanticVersion(version.text.string)) == nil {
      throw invalid("chart.metadata.version " + GoText.quoted(version.text) + " is invalid", version)
    }
    if !["", "application", "library"].contains(type.text) {
      throw invalid("chart.metadata.type must be application or library", type)
    }
    for maintainer in maintainers where maintainer == nil {
      throw invalid("maintainers must not contain empty or null nodes", MetadataText())
    }
    try validateDependencies()
  }

  private func validateDependencies() throws(ChartError) {
    var seen: Set<ByteString> = []
    for dependency in dependencies ?? [] {
      guard let dependency else {
        throw invalid("dependencies must not contain empty or null nodes", MetadataText())
      }
      if !dependency.alias.isEmpty && !dependency.alias.text.bytes.allSatisfy(Self.isAliasByte) {
        throw invalid(
          "dependency " + GoText.quoted(dependency.name.text) + " has disallowed characters in the alias",
          dependency.alias)
      }
      let key = dependency.alias.isEmpty ? dependency.name : dependency.alias
      if !seen.insert(key.text).inserted {
        throw invalid("more than one dependency with name or alias " + GoText.quoted(key.text), key)
      }
    }
  }

  private func invalid(_ message: ByteString, _ text: MetadataText) -> ChartError {
    ChartError("validation: " + message, at: text.place)
  }

  private static func isAliasByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private mutating func sanitise() {
    name.sanitise()
    description.sanitise()
    home.sanitise()
    icon.sanitise()
    condition.sanitise()
    tags.sanitise()
    appVersion.sanitise()
    kubeVersion.sanitise()
    for index in sources.indices { sources[index].sanitise() }
    for index in keywords.indices { keywords[index].sanitise() }
    for index in maintainers.indices {
      maintainers[index]?.name.sanitise()
      maintainers[index]?.email.sanitise()
      maintainers[index]?.url.sanitise()
    }
    guard dependencies != nil else { return }
    for index in dependencies?.indices ?? 0..<0 { dependencies?[index]?.sanitise() }
  }
}

extension ChartDependency {
  fileprivate mutating func sanitise() {
    name.sanitise()
    version.sanitise()
    repository.sanitise()
    condition.sanitise()
    for index in tags.indices { tags[index].sanitise() }
  }
}

extension MetadataText {
  /// White space becomes a space each, what is not printable goes.
  fileprivate mutating func sanitise() {
    guard text.bytes.contains(where: { !(0x20..<0x7F ~= $0) }) else { return }
    let cleaned = GoText.runes(text).compactMap { rune -> Unicode.Scalar? in
      if GoText.isSpace(rune) { return " " }
      return Runes.isPrintable(rune.value) ? rune : nil
    }
    text = GoText.text(cleaned)
  }
}
