import TemplateLanguage

extension Function {
  /// The name of the variant that reports an error where `name` gives up: `first`, `mustFirst`.
  static func twinName(of name: String) -> String { "must\(name.prefix(1).uppercased())\(name.dropFirst())" }
}
