import TemplateLanguage

/// The builtin functions of Go's text/template.
package enum GoFunctions {
  package static let table: [Function] = logic + comparisons + collections + printing + escapes
}
