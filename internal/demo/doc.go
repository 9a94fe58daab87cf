// Package demo makes a small region in a folder (a certificate authority, ten parties with their people, keys and cards, the
// example convenant of Den Bosch signed by all ten), starts a real gateway in it, and plays two cases from the handreiking
// "Onderwijs en veiligheid" (NJi) and four attempts that must be refused.
//
// It promises that everything it shows happened: each line is an answer of the gateway or the finding of a client that verified
// it, and [Run] fails when an outcome is not as it should be. It is a user like any other: it goes through internal/client
// and the gateway's HTTPS port, never around them. The people in it are fictitious.
package demo
