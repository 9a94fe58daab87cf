// Package message is what travels: the envelope that a sender signs, the confirmation that a recipient signs, and the payload
// that only the two of them can read.
//
// Three types follow one another: bytes, a [ParsedEnvelope] whose form is right, a [VerifiedEnvelope] whose signature was
// checked. Parsing finds every fault of an envelope in one pass. Times and bytes of signed objects are never rewritten.
//
// Of the payload it knows the schema of each kind, the category of data of each field, which files may go along and what they must
// look like, how a plaintext is padded, and how the header of an age file looks from outside. It never encrypts or decrypts: only the parties' software holds keys.
//
// The package must not decide whether a message is allowed, nor know where keys come from. A search key, a name and a number
// that were given to it never stand in an error.
package message
