import SourceText
import TemplateLanguage
import Values

/// URLs as maps of their parts, and the name service, which a render never asks.
enum URLFunctions {
  static let functions: [Function] = [
    Function("urlParse", [.string], origins: .summary, body: parse),
    Function("urlJoin", [.map], origins: .summary, body: join),
    Function("getHostByName", [.string], origins: .none) { _, _ in "" },
  ]

  private static func parse(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let url: URLParts
    do { url = try URLParts(arguments.bytes(0)) } catch {
      throw FunctionError(bytes: "unable to parse url: " + error.message)
    }
    return .map(
      MapValue([
        "fragment": .string(url.fragment), "host": .string(url.host), "hostname": .string(url.hostname),
        "opaque": .string(url.opaque), "path": .string(url.path), "query": .string(url.query),
        "scheme": .string(url.scheme), "userinfo": .string(url.user?.text ?? ""),
      ]))
  }

  private static func join(_: Evaluator, _ arguments: [Value]) throws(FunctionError) -> Value {
    let parts = arguments.map(0)
    var url = URLParts()
    url.scheme = try part("scheme", of: parts)
    url.host = try part("host", of: parts)
    url.path = try part("path", of: parts)
    url.query = try part("query", of: parts)
    url.opaque = try part("opaque", of: parts)
    url.fragment = try part("fragment", of: parts)
    let userinfo = try part("userinfo", of: parts)
    guard !userinfo.isEmpty else { return .string(url.text) }
    do { url.user = try URLParts("proto://" + userinfo + "@host").user } catch {
      throw FunctionError(bytes: "unable to parse userinfo in dict: " + error.message)
    }
    return .string(url.text)
  }

  private static func part(_ key: ByteString, of parts: MapValue?) throws(FunctionError) -> ByteString {
    guard let value = parts?[key] else { return "" }
    if let text = value.text { return text.byteString }
    if value.isNone { throw .nilDereference }
    throw FunctionError("unable to parse \(key) key, must be of type string, but \(value.kind.rawValue) found")
  }
}
