import SourceText
import Values
import YAML

/// A file that says what the cluster can do: `kubeVersion`, a version, and `apiVersions`, a list of what `kubectl
/// api-versions` prints, and of kinds (`apps/v1/Deployment`).
package enum CapabilitiesFile {
  /// Fills `options` from the file: its API versions replace the built-in ones.
  package static func read(_ file: SourceFile, into options: inout ReleaseOptions) throws(ChartError) {
    let map: MapValue
    do {
      map = try YAMLReader.map(of: file, origins: OriginTable(isTracking: false)).asMap ?? MapValue()
    } catch {
      throw failure(file, ByteString(error.unmarshalMessage))
    }
    for entry in map.entries {
      switch entry.key {
      case "kubeVersion":
        guard let text = entry.value.text?.byteString else {
          throw failure(file, "kubeVersion is no text: put the version in quotes")
        }
        do { options.kubeVersion = try KubeVersion(text) } catch { throw failure(file, error.message) }
      case "apiVersions": options.apiVersions = try versions(entry.value, file)
      default:
        throw failure(file, "unknown key " + GoText.quoted(entry.key) + ": the keys are kubeVersion and apiVersions")
      }
    }
  }

  private static func versions(_ value: Value, _ file: SourceFile) throws(ChartError) -> [ByteString] {
    guard case .list(let list) = value.datum else { throw failure(file, "apiVersions is no list") }
    var versions: [ByteString] = []
    for element in list.elements {
      guard let text = element.text?.byteString else { throw failure(file, "apiVersions is no list of texts") }
      versions.append(text)
    }
    return versions
  }

  private static func failure(_ file: SourceFile, _ reason: ByteString) -> ChartError {
    ChartError("capabilities \(file.path): " + reason)
  }
}
