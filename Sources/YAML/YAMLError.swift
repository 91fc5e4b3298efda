/// Why a text is not YAML (or not the value that was asked for): the message of the Go libraries
/// (`yaml: line 2: mapping values are not allowed in this context`) and where it really happened.
package struct YAMLError: Error, Hashable, Sendable {
  /// What `yaml.Unmarshal` of sigs.k8s.io/yaml was doing, which decides what it puts before the message.
  package enum Stage: Hashable, Sendable {
    /// Reading YAML and turning it into JSON.
    case converting
    /// Decoding that JSON into the Go type.
    case decoding
  }

  /// The bare message: `yaml: …`, `json: …`, `unsupported map key …`.
  package var message: String
  /// UTF-8 offset in the text that was read.
  package var offset: Int
  package var stage: Stage

  package init(message: String, offset: Int, stage: Stage = .converting) {
    self.message = message
    self.offset = offset
    self.stage = stage
  }

  /// The message as `yaml.Unmarshal` of sigs.k8s.io/yaml gives it: `error converting YAML to JSON: yaml: line 2: …` or
  /// `error unmarshaling JSON: while decoding JSON: json: …`.
  package var unmarshalMessage: String {
    switch stage {
    case .converting: "error converting YAML to JSON: " + message
    case .decoding: "error unmarshaling JSON: while decoding JSON: " + message
    }
  }
}
