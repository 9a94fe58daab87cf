// Package policies holds what decides and what is read by people who decide: the Rego rules, the vocabulary, the payload
// schemas, the schema of a convenant and the example convenants, embedded in the binary.
//
// It promises that what is embedded is what stands in this folder; nothing is generated. It must not hold code: an operator
// who uses a folder of rules of his own gives the same tree.
package policies

import "embed"

// FS is the tree of this folder. Rego tests are in it too; they are left out when rules are compiled to decide with.
//
//go:embed vocabulaire berichten schemas convenanten sluis
var FS embed.FS
