import Configuration
import Diagnostics
import SourceText

/// Finds the configuration of each input: the nearest file upward. Files do not merge.
struct ConfigurationSearch {
  /// A configuration, and what is wrong with it.
  struct Found {
    var configuration = Configuration()
    var faults: [Diagnostic] = []
  }

  private let files: any FileSystem
  /// The configuration that the command line names.
  private let named: Found?
  /// By folder.
  private var known: [String: Found] = [:]

  init(files: any FileSystem, named path: String?) {
    self.files = files
    named = path.map { Self.read($0, files) }
  }

  /// Deeper folders are taken for a loop.
  private static let deepest = 64

  /// The configuration for a chart's folder, or for the folder of a file.
  mutating func configuration(from folder: String) -> Found {
    if let named { return named }
    var visited: [String] = []
    var found = Found()
    var candidate: String? = Path.clean(folder)
    while let current = candidate, visited.count < Self.deepest {
      if let known = known[current] {
        found = known
        break
      }
      visited.append(current)
      let path = Path.join(current, Configuration.fileName)
      if (try? files.kind(of: files.resolve(path))) == .file {
        found = Self.read(path, files)
        break
      }
      candidate = Path.parent(of: current, files: files)
    }
    for folder in visited { known[folder] = found }
    return found
  }

  private static func read(_ path: String, _ files: any FileSystem) -> Found {
    do throws(FileError) {
      let file = SourceFile(path: path, text: try files.read(path))
      let (configuration, faults) = ConfigurationReader.read(file, folder: Path.directory(path))
      return Found(configuration: configuration, faults: faults)
    } catch {
      return Found(faults: [EngineDiagnostics.unknown("cannot read `\(path)`: \(error.message)", at: nil)])
    }
  }
}
