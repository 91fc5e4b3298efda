import TemplateLanguage

/// The functions that Helm adds to Sprig's, as far as they do not call templates.
package enum HelmFunctions {
  package static let table: [Function] = DataFormats.functions + Durations.functions
}
