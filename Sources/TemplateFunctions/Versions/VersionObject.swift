import SemanticVersions
import SourceText
import Values

/// A `*semver.Version` in a template, or the `semver.Version` that its methods answer.
final class VersionObject: TemplateObject {
  let version: SemanticVersion
  private let isPointer: Bool

  init(_ version: SemanticVersion, isPointer: Bool = true) {
    self.version = version
    self.isPointer = isPointer
  }

  /// What copystructure makes of a version: it does not see the private fields.
  var blank: VersionObject { VersionObject(.zero, isPointer: isPointer) }

  static let pointerType = "*semver.Version"

  var goType: String { isPointer ? Self.pointerType : "semver.Version" }
  var kind: Kind { isPointer ? .ptr : .struct }
  func field(_ name: ByteString) -> Value? { nil }
  var stringer: ByteString? { ByteString(version.text) }
  var underlying: Datum { .string(Text(version.text)) }
  var formatted: ByteString { ByteString(version.text) }
  var isTrue: Bool { true }

  func method(_ name: ByteString) -> ObjectMethod? {
    property(name) ?? (isPointer ? comparison(name) : nil) ?? change(name)
  }

  private func property(_ name: ByteString) -> ObjectMethod? {
    let value: Value
    switch name.string {
    case "Major": value = Value(.integer(Int64(bitPattern: version.major), .uint64))
    case "Minor": value = Value(.integer(Int64(bitPattern: version.minor), .uint64))
    case "Patch": value = Value(.integer(Int64(bitPattern: version.patch), .uint64))
    case "Prerelease": value = .string(version.prerelease)
    case "Metadata": value = .string(version.metadata)
    case "String", "Value": value = .string(version.text)
    case "Original" where isPointer: value = .string(version.original)
    case "MarshalText": value = Value(.bytes(ByteString(version.text)))
    case "MarshalJSON": value = Value(.bytes(GoQuote.quoted(ByteString(version.text))))
    default: return nil
    }
    return ObjectMethod([]) { _ in value }
  }

  private func comparison(_ name: ByteString) -> ObjectMethod? {
    let answer: (Int) -> Value
    switch name.string {
    case "Compare": answer = { .int($0) }
    case "Equal": answer = { .bool($0 == 0) }
    case "LessThan": answer = { .bool($0 < 0) }
    case "LessThanEqual": answer = { .bool($0 <= 0) }
    case "GreaterThan": answer = { .bool($0 > 0) }
    case "GreaterThanEqual": answer = { .bool($0 >= 0) }
    default: return nil
    }
    let isEqual = name == "Equal"
    return ObjectMethod([.named(Self.pointerType)]) { [version] arguments throws(FunctionError) in
      guard case .object(let object as VersionObject) = arguments[0].datum else {
        if isEqual { return false }
        throw .nilDereference
      }
      return answer(version.compared(to: object.version))
    }
  }

  private func change(_ name: ByteString) -> ObjectMethod? {
    switch name.string {
    case "IncMajor": increment(.major)
    case "IncMinor": increment(.minor)
    case "IncPatch": increment(.patch)
    case "SetPrerelease":
      replace { (version, text) throws(SemanticVersion.ParseError) in
        try version.with(prerelease: text)
      }
    case "SetMetadata":
      replace { (version, text) throws(SemanticVersion.ParseError) in
        try version.with(metadata: text)
      }
    default: nil
    }
  }

  private func increment(_ part: SemanticVersion.Part) -> ObjectMethod {
    ObjectMethod([]) { [version] _ throws(FunctionError) in
      guard let next = version.incremented(part) else {
        throw FunctionError("\(part.rawValue) version increment would overflow uint64")
      }
      return Value(.object(VersionObject(next, isPointer: false)))
    }
  }

  private func replace(
    _ change: @escaping (SemanticVersion, String) throws(SemanticVersion.ParseError) -> SemanticVersion
  ) -> ObjectMethod {
    ObjectMethod([.string]) { [version] arguments throws(FunctionError) in
      do throws(SemanticVersion.ParseError) {
        return Value(.object(VersionObject(try change(version, arguments.bytes(0).string), isPointer: false)))
      } catch {
        throw FunctionError(error.message)
      }
    }
  }
}
