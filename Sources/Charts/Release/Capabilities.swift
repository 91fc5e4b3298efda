import SourceText
import Values

/// `.Capabilities`, Go's `*common.Capabilities`.
final class CapabilitiesObject: TemplateObject {
  private let kubeVersion: Value
  private let apiVersions: Value
  private let helmVersion: Value

  init(_ options: ReleaseOptions, origins: OriginTable) {
    kubeVersion = Value(
      .object(KubeVersionObject(options.kubeVersion, origins: origins)),
      origin: origins.builtIn(".Capabilities.KubeVersion"))
    apiVersions = Value(
      .object(
        VersionSetObject(
          (options.apiVersions ?? DefaultAPIVersions.all) + options.extraAPIVersions, origins: origins)),
      origin: origins.builtIn(".Capabilities.APIVersions"))
    helmVersion = Value(
      .object(BuildObject(origins: origins)), origin: origins.builtIn(".Capabilities.HelmVersion"))
  }

  var goType: String { "*common.Capabilities" }
  var kind: Kind { .ptr }
  var isTrue: Bool { true }
  var stringer: ByteString? { nil }

  func field(_ name: ByteString) -> Value? {
    switch name {
    case "KubeVersion": kubeVersion
    case "APIVersions": apiVersions
    case "HelmVersion": helmVersion
    default: nil
    }
  }

  func method(_ name: ByteString) -> ObjectMethod? {
    guard name == "Copy" else { return nil }
    return ObjectMethod([]) { [self] _ throws(FunctionError) in Value(.object(self)) }
  }

  var structFields: [MapValue.Entry]? {
    [
      MapValue.Entry(key: "KubeVersion", value: kubeVersion), MapValue.Entry(key: "APIVersions", value: apiVersions),
      MapValue.Entry(key: "HelmVersion", value: helmVersion),
    ]
  }
  var underlying: Datum { .map(MapValue(unsorted: structFields ?? [])) }

  /// Go prints a pointer to a struct with `&`; a template's action follows the pointer first.
  var formatted: ByteString { "&" + pointee }
  var printedByAction: ByteString? { pointee }

  private var pointee: ByteString {
    "{" + GoPrinting.structure(kubeVersion) + " " + GoPrinting.structure(apiVersions) + " "
      + GoPrinting.structure(helmVersion) + "}"
  }
}

/// `.Capabilities.KubeVersion`, Go's `common.KubeVersion`. Its `String` method belongs to the pointer: an action
/// prints the bare version, while functions get a copy and print the whole struct.
final class KubeVersionObject: TemplateObject {
  private let version: KubeVersion
  private let origins: OriginTable

  init(_ version: KubeVersion, origins: OriginTable) {
    self.version = version
    self.origins = origins
  }

  var goType: String { "common.KubeVersion" }
  var kind: Kind { .struct }
  var isTrue: Bool { true }
  var stringer: ByteString? { nil }
  var printedByAction: ByteString? { version.normalized }
  var formatted: ByteString {
    "{" + version.version + " " + version.normalized + " " + version.major + " " + version.minor + "}"
  }

  func field(_ name: ByteString) -> Value? {
    switch name {
    case "Version": text(version.version, "Version")
    case "Major": text(version.major, "Major")
    case "Minor": text(version.minor, "Minor")
    default: nil
    }
  }

  func method(_ name: ByteString) -> ObjectMethod? {
    switch name {
    case "String":
      ObjectMethod([]) { [self] _ throws(FunctionError) in text(version.normalized, "String") }
    case "GitVersion":
      ObjectMethod([]) { [self] _ throws(FunctionError) in text(version.version, "GitVersion") }
    default: nil
    }
  }

  var structFields: [MapValue.Entry]? {
    [
      MapValue.Entry(key: "Version", value: text(version.version, "Version")),
      MapValue.Entry(key: "Major", value: text(version.major, "Major")),
      MapValue.Entry(key: "Minor", value: text(version.minor, "Minor")),
    ]
  }
  var underlying: Datum { .map(MapValue(unsorted: structFields ?? [])) }

  private func text(_ text: ByteString, _ field: String) -> Value {
    .string(text, origin: origins.isTracking ? origins.builtIn(".Capabilities.KubeVersion.\(field)") : .none)
  }
}

/// `.Capabilities.APIVersions`, Go's `common.VersionSet`.
final class VersionSetObject: TemplateObject {
  private let versions: [ByteString]
  private let list: ListValue

  init(_ versions: [ByteString], origins: OriginTable) {
    self.versions = versions
    let origin = origins.builtIn(".Capabilities.APIVersions")
    list = ListValue(versions.map { .string($0, origin: origin) }, type: .string)
  }

  var goType: String { "common.VersionSet" }
  var kind: Kind { .slice }
  var isTrue: Bool { !versions.isEmpty }
  var stringer: ByteString? { nil }
  var underlying: Datum { .list(list) }
  var formatted: ByteString { GoPrinting.plain(Value(.list(list))) }
  func field(_ name: ByteString) -> Value? { nil }

  func method(_ name: ByteString) -> ObjectMethod? {
    guard name == "Has" else { return nil }
    return ObjectMethod([.string]) { [versions] arguments throws(FunctionError) in
      guard let text = arguments.first?.text else { return .bool(false) }
      return .bool(versions.contains(text.byteString))
    }
  }
}

/// `.Capabilities.HelmVersion`, Go's `version.BuildInfo`: that of the Helm whose output we print.
final class BuildObject: TemplateObject {
  /// Field, JSON name and value, in the struct's order.
  private static let fields: [(name: ByteString, json: String, value: ByteString)] = [
    ("Version", "version", "v4.3.1"),
    ("GitCommit", "git_commit", "c0d08d0d6d9424d4a14febb5e8a3e51b0dd00dff"),
    ("GitTreeState", "git_tree_state", "clean"),
    ("GoVersion", "go_version", "go1.27.2"),
    ("KubeClientVersion", "kube_client_version", "v1.37"),
  ]
  private let origin: OriginID

  init(origins: OriginTable) { origin = origins.builtIn(".Capabilities.HelmVersion") }

  var goType: String { "version.BuildInfo" }
  var kind: Kind { .struct }
  var isTrue: Bool { true }
  var stringer: ByteString? { nil }
  func method(_ name: ByteString) -> ObjectMethod? { nil }

  func field(_ name: ByteString) -> Value? {
    Self.fields.first { $0.name == name }.map { .string($0.value, origin: origin) }
  }

  var structFields: [MapValue.Entry]? {
    Self.fields.map { MapValue.Entry(key: ByteString($0.json), value: .string($0.value, origin: origin)) }
  }
  var underlying: Datum { .map(MapValue(unsorted: structFields ?? [])) }

  var formatted: ByteString {
    ByteString("{" + Self.fields.map(\.value.string).joined(separator: " ") + "}")
  }
}
