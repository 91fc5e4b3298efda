import SourceText

/// What a render is told about the release and the cluster.
package struct ReleaseOptions: Sendable {
  package var name: ByteString = "release-name"
  package var namespace: ByteString = "default"
  package var isUpgrade = false
  package var kubeVersion = KubeVersion.default
  /// The API versions of the cluster; nil for the built-in ones.
  package var apiVersions: [ByteString]?
  /// Further API versions, as given.
  package var extraAPIVersions: [ByteString] = []
  package var skipsSchemaValidation = false
  /// The keys of `--labels`.
  package var labelNames: [ByteString] = []

  package init() {}
}

extension KubeVersion {
  /// The number behind `1.`; nil when there is none that is sensible.
  package var minorVersion: Int? { major == "1" ? Int(minor.string.prefix { $0.isNumber }) : nil }
}

extension ChartMetadata {
  /// The oldest minor version of Kubernetes 1 that `kubeVersion` allows; nil when it says nothing.
  package var oldestMinorVersion: Int? {
    guard !kubeVersion.isEmpty else { return nil }
    return (0..<100).first { minor in
      ["v1.\(minor).0", "v1.\(minor).99"].contains { VersionRange.isCompatible(kubeVersion.text, ByteString($0)) }
    }
  }
}

/// A Kubernetes version as Helm keeps it.
package struct KubeVersion: Hashable, Sendable {
  /// The text that was given, with a `v` in front.
  package let version: ByteString
  /// The numeric part alone, with a `v` in front.
  package let normalized: ByteString
  package let major: ByteString
  package let minor: ByteString

  package static let `default` = KubeVersion(version: "v1.37.0", normalized: "v1.37.0", major: "1", minor: "37")

  private init(version: ByteString, normalized: ByteString, major: ByteString, minor: ByteString) {
    self.version = version
    self.normalized = normalized
    self.major = major
    self.minor = minor
  }

  /// Reads the text of `--kube-version`: optional blanks and `v`, at least two numbers, then anything on one line.
  package init(_ text: ByteString) throws(ChartError) {
    var rest = text.bytes.drop { $0 == 0x20 || (0x09...0x0D ~= $0 && $0 != 0x0B) }
    if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
    let numbers = Self.numbers(rest)
    let extra = rest.dropFirst(numbers.count)
    func invalid(_ reason: ByteString) -> ChartError {
      ChartError("invalid kube version '" + text + "': " + reason)
    }
    if numbers.isEmpty || extra.contains(UInt8(ascii: "\n")) {
      throw invalid("could not parse " + GoText.quoted(text) + " as version")
    }
    let parts = numbers.split(separator: UInt8(ascii: "."))
    if parts.count < 2 { throw invalid("illegal version string " + GoText.quoted(text)) }
    var components: [String] = []
    for (index, part) in parts.enumerated() {
      let quoted = GoText.quoted(ByteString(part))
      if index == 0, part.count > 1, part.first == UInt8(ascii: "0") {
        throw invalid("illegal zero-prefixed version component " + quoted + " in " + GoText.quoted(text))
      }
      guard let number = UInt64(String(decoding: part, as: UTF8.self)) else {
        throw invalid(
          "illegal non-numeric version component " + quoted + " in " + GoText.quoted(text)
            + ": strconv.ParseUint: parsing " + quoted + ": value out of range")
      }
      components.append(String(number))
    }
    version = text.hasPrefix("v") ? text : "v" + text
    normalized = ByteString("v" + components.joined(separator: "."))
    major = ByteString(components[0])
    minor = ByteString(components[1])
  }

  /// The longest `[0-9]+(\.[0-9]+)*` at the start.
  private static func numbers(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = bytes.startIndex
    var index = bytes.startIndex
    while true {
      let digits = bytes[index...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      if digits.isEmpty { return bytes[..<end] }
      end = digits.endIndex
      guard end < bytes.endIndex, bytes[end] == UInt8(ascii: ".") else { return bytes[..<end] }
      index = end + 1
    }
  }
}

extension ReleaseOptions {
  /// Helm's checks of the release name.
  func checkName() throws(ChartError) {
    let pattern = #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#
    let reason: ByteString
    if name.isEmpty {
      reason = "no name provided"
    } else if name.count > 53 || !Self.isName(name) {
      reason = ByteString(
        "invalid release name, must match regex \(pattern) and the length must not be longer than 53")
    } else {
      return
    }
    throw ChartError("release name " + GoText.quoted(name) + ": " + reason)
  }

  /// Dot-separated labels of small letters, digits and inner dashes.
  private static func isName(_ name: ByteString) -> Bool {
    name.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last else { return false }
      return isAlphanumeric(first) && isAlphanumeric(last)
        && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static let systemLabels = ["name", "owner", "status", "version", "createdAt", "modifiedAt"]

  /// Labels that Helm keeps for itself cannot be given.
  func checkLabels() throws(ChartError) {
    guard labelNames.contains(where: { Self.systemLabels.contains($0.string) }) else { return }
    throw ChartError(
      ByteString(
        "user supplied labels contains system reserved label name. System labels: "
          + "[\(Self.systemLabels.joined(separator: " "))]"))
  }
}
