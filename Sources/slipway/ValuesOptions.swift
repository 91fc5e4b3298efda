import ArgumentParser
import Charts
import Flags
import SourceText

/// The flags with which values and the release are given, as Helm names them.
struct ValuesOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .long],
    help: ArgumentHelp("Values from a YAML file (- is standard input; repeatable).", valueName: "file"))
  var values: [String] = []

  @Option(help: ArgumentHelp("Values on the command line: key1=val1,key2=val2.", valueName: "pairs"))
  var set: [String] = []

  @Option(help: ArgumentHelp("Like --set, every value a string.", valueName: "pairs"))
  var setString: [String] = []

  @Option(help: ArgumentHelp("JSON values: key=JSON, or one object.", valueName: "pairs"))
  var setJson: [String] = []

  @Option(help: ArgumentHelp("Values read from files: key=path.", valueName: "pairs"))
  var setFile: [String] = []

  @Option(help: ArgumentHelp("One literal string value, nothing escaped.", valueName: "pair"))
  var setLiteral: [String] = []

  @Option(name: [.customShort("n"), .long], help: ArgumentHelp("Namespace of the release.", valueName: "name"))
  var namespace: String?

  @Option(help: ArgumentHelp("Name of the release.", valueName: "name"))
  var releaseName: String?

  @Option(help: ArgumentHelp("Version shown as .Capabilities.KubeVersion.", valueName: "version"))
  var kubeVersion: String?

  @Option(
    name: [.customShort("a"), .long], help: ArgumentHelp("Further .Capabilities.APIVersions.", valueName: "list"))
  var apiVersions: [String] = []

  /// What the flags say about values.
  func arguments() throws(CommandFailure) -> ValuesArguments {
    var arguments = ValuesArguments()
    arguments.files = try fields(values)
    arguments.setJSON = setJson
    arguments.set = set
    arguments.setString = setString
    arguments.setFile = setFile
    arguments.setLiteral = setLiteral
    return arguments
  }

  /// Puts what the flags say about the release into `options`.
  func fill(_ options: inout ReleaseOptions) throws(CommandFailure) {
    if let releaseName { options.name = ByteString(releaseName) }
    let namespace = namespace ?? World.variable("HELM_NAMESPACE") ?? ""
    if !namespace.isEmpty { options.namespace = ByteString(namespace) }
    options.extraAPIVersions = try fields(apiVersions).map { ByteString($0) }
    guard let kubeVersion else { return }
    do throws(ChartError) {
      options.kubeVersion = try KubeVersion(ByteString(kubeVersion))
    } catch {
      throw CommandFailure(error.message.string)
    }
  }

  /// Helm's flags of several values take comma-separated lists.
  private func fields(_ texts: [String]) throws(CommandFailure) -> [String] {
    do throws(FlagError) {
      var all: [String] = []
      for text in texts { all += try CommaSeparatedValues.fields(of: text) }
      return all
    } catch {
      throw CommandFailure(error.message)
    }
  }
}
