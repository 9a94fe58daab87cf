// Package outsider holds the worked examples of docs/api/voorbeelden to what they promise. They are clients of Sluis in bash and in
// TypeScript, made from the documents alone and sharing no code with internal/client: what they and the command sluis send one another
// is what an outsider's software will send.
//
// It has no code of its own, only tests. They run the examples as anybody would, as programs with a profile folder, against a real
// gateway over real TLS, with somebody in between who can make that gateway dishonest. They must not reach into the examples.
package outsider
