import SourceText

/// The Go type of a slice.
package enum ListType: Hashable, Sendable {
  /// `[]interface {}`
  case any
  /// `[]string`
  case string
  /// `[]int`
  case int
  /// Any other element type, by the slice's Go name, for example `[]map[string]interface {}`.
  case other(String)

  /// The type's name in Go.
  package var name: String {
    switch self {
    case .any: "[]interface {}"
    case .string: "[]string"
    case .int: "[]int"
    case .other(let name): name
    }
  }
}

/// A Go slice. Immutable: no template function changes a list in place.
package struct ListValue {
  package var elements: [Value]
  package var type: ListType
  /// A nil slice, which JSON prints as `null`.
  package var isNil: Bool

  @inlinable package init(_ elements: [Value], type: ListType = .any, isNil: Bool = false) {
    self.elements = elements
    self.type = type
    self.isNil = isNil
  }

  @inlinable package var count: Int { elements.count }
}
