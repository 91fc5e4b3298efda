import SourceText

extension HelmCommand {
  /// A value that the command sets.
  package struct Setting: Sendable {
    /// With dots, as below `.Values`.
    package var key: String
    package var value: ResolvedText
    /// The value in the file, or the word that holds it.
    package var place: ByteRange
    /// The flag: `--set`, `--set-string`, `--set-literal`.
    package var flag: String
  }

  private static let settingFlags = ["--set", "--set-string", "--set-literal"]

  /// What the command sets, in order; what `--set-file` and `--set-json` give is not known.
  package var settings: [Setting] {
    line.flags.flatMap { flag -> [Setting] in
      guard Self.settingFlags.contains(flag.name), let word = flag.value else { return [] }
      let parts = flag.name == "--set-literal" ? [word.text] : Self.assignments(in: word.text)
      return parts.compactMap { Self.setting($0, word, flag.name) }
    }
  }

  /// `a=1,b={2,3}`: a part without `=` belongs to the value before it.
  private static func assignments(in text: ResolvedText) -> [ResolvedText] {
    var result: [ResolvedText] = []
    for part in text.split(at: ",") {
      if !part.offsets(of: "=").isEmpty || result.isEmpty {
        result.append(part)
      } else {
        result[result.count - 1].append(",")
        result[result.count - 1].append(part)
      }
    }
    return result
  }

  private static func setting(_ text: ResolvedText, _ word: ResolvedWord, _ flag: String) -> Setting? {
    guard let equals = text.literalPrefix.bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return Setting(
      key: text.literalPrefix[0..<equals].string, value: text.dropping(equals + 1), place: word.range, flag: flag)
  }

  /// The files of `-f`, in order.
  package var valuesFiles: [ResolvedText] {
    line.values("--values").flatMap { $0.text.split(at: ",") }.map { located($0) }
  }

  /// The chart as seen from where the script began.
  package var chartPath: ResolvedText? { chart.map { located($0.text) } }

  func located(_ path: ResolvedText) -> ResolvedText { path.located(in: directory) }
}

extension ResolvedText {
  /// A relative path as seen from where the script began, when it went to `directory` since.
  func located(in directory: ResolvedText?) -> ResolvedText {
    guard let directory, !directory.isEmpty else { return self }
    let prefix = literalPrefix
    guard !isEmpty, prefix.bytes.first != UInt8(ascii: "/"), !prefix.hasPrefix("http") else { return self }
    if prefix.isEmpty, !isConstant { return self }
    var whole = directory
    whole.append("/")
    whole.append(self)
    return whole.constant.map { ResolvedText(GoPath.clean($0)) } ?? whole
  }
}
