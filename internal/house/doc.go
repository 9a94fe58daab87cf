// Package house holds the code to the drawing of the house in docs/architecture.md: which rooms there are, which way imports
// run, that pure rooms stay pure, that each file can be read in one sitting, and that each package says what it is for.
//
// It has no code of its own, only tests: a change that breaks the drawing fails `make test` with the import or file that does.
package house
