import SourceText

/// Go's kinds, as `kindOf` prints them.
package enum Kind: String, Hashable, Sendable {
  case invalid, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64
  case float64, complex128, string, slice, map, `struct`, ptr, interface, `func`
}

/// A type a function or method takes in Go. The evaluator checks and converts arguments by it.
package enum ParameterType: Hashable, Sendable {
  /// `interface{}` or `reflect.Value`
  case any
  case bool, int, int64, float64, string
  /// `map[string]interface {}`
  case map
  /// `[]interface {}`
  case list
  /// `[]string`
  case stringList
  /// A Go type by its name, which only an object (or nothing) can satisfy: `time.Time`, `*semver.Version`.
  case named(String)
}

/// A method of a Go type that templates can call, such as `.Files.Get`.
package struct ObjectMethod {
  package let parameters: [ParameterType]
  package let variadic: ParameterType?
  /// What a call takes of the render's steps, beside those of every call.
  package let steps: Int
  package let call: ([Value]) throws(FunctionError) -> Value

  package init(
    _ parameters: [ParameterType], variadic: ParameterType? = nil, steps: Int = 0,
    call: @escaping ([Value]) throws(FunctionError) -> Value
  ) {
    self.parameters = parameters
    self.variadic = variadic
    self.steps = steps
    self.call = call
  }
}

/// A Go value that is neither a plain scalar, list nor map: it has a type name of its own, fields and methods.
package protocol TemplateObject: AnyObject {
  /// What `%T` and `typeOf` print, for example `time.Time`.
  var goType: String { get }
  var kind: Kind { get }
  /// An exported field of the struct, or nil.
  func field(_ name: ByteString) -> Value?
  /// An exported method, or nil. Methods are looked up before fields.
  func method(_ name: ByteString) -> ObjectMethod?
  /// What printing gives where the Go type has a `String()` or `Error()` method.
  var stringer: ByteString? { get }
  /// The plain data behind a named slice, map, string or number, for `range`, `index`, `len` and encoders;
  /// for a struct the map of its JSON fields.
  var underlying: Datum { get }
  /// What `%v` prints without a `String()` method, for example `{a b}`.
  var formatted: ByteString { get }
  var printedByAction: ByteString? { get }
  var structFields: [MapValue.Entry]? { get }
  var prettyText: ByteString? { get }
  func counted(_ number: Int64) -> Datum?
  /// Go's truth: a struct is always true, a nil pointer false, a named slice or map by its length.
  var isTrue: Bool { get }
}

extension TemplateObject {
  /// What an action prints where that differs from what functions print: an action follows pointers, and sees a
  /// `String()` method that belongs to the pointer alone.
  package var printedByAction: ByteString? { nil }
  /// A struct's JSON fields in Go's order; nil where `underlying` says everything.
  package var structFields: [MapValue.Entry]? { nil }
  /// What `toYamlPretty` writes, unquoted, for the Go types that go-yaml v3 knows; nil where `underlying` says it.
  package var prettyText: ByteString? { nil }
  /// A number that `range` counts up to the object, where the Go type is a number of its own name; nil for a plain one.
  package func counted(_ number: Int64) -> Datum? { nil }
}

/// What a template function or method answers when it fails: the text of the Go error, and how Helm treats it.
package struct FunctionError: Error {
  package enum Kind: Hashable, Sendable {
    /// An error that the function returned; Helm prints the raw one-line Go text.
    case plain
    /// `fail` and `required`: Helm prints `execution error at (place): message`.
    case userMessage
    /// The render may do no more; ends it at the call.
    case limit
  }
  package var message: ByteString
  package var kind: Kind
  /// The failure of a template that the function ran (`include`, `tpl`), kept structured by the evaluator.
  package var cause: (any Error & Sendable)?

  package init(_ message: String, kind: Kind = .plain) {
    self.message = ByteString(message)
    self.kind = kind
  }
  package init(bytes message: ByteString, kind: Kind = .plain, cause: (any Error & Sendable)? = nil) {
    self.message = message
    self.kind = kind
    self.cause = cause
  }
}

extension Value {
  /// The name of the value's Go type, as `typeOf` and `%T` print it.
  package var goType: String {
    switch datum {
    case .none: "<nil>"
    case .bool: "bool"
    case .integer(_, let type): type.name
    case .float: "float64"
    case .string: "string"
    case .bytes: "[]uint8"
    case .list(let list): list.type.name
    case .map(let map): map.type.name
    case .object(let object): object.goType
    }
  }

  /// The value's Go kind, as `kindOf` prints it.
  package var kind: Kind {
    switch datum {
    case .none: .invalid
    case .bool: .bool
    case .integer(_, let type): Kind(rawValue: type.name) ?? .int
    case .float: .float64
    case .string: .string
    case .bytes, .list: .slice
    case .map: .map
    case .object(let object): object.kind
    }
  }

  /// Go's truth of a value in `if`, `with`, `and`, `or`, `default` is decided by the type's zero value.
  package var isTrue: Bool {
    switch datum {
    case .none: false
    case .bool(let value): value
    case .integer(let value, _): value != 0
    case .float(let value): value != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .list(let list): list.count > 0
    case .map(let map): !map.isEmpty
    case .object(let object): object.isTrue
    }
  }
}
