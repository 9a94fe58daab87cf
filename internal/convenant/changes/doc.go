// Package changes tells what a new version of a convenant changes, in sentences that a policy officer can put before a council: what
// may be shared more, what less, who joins and who leaves, which terms and keys are others. It is pure.
//
// It promises that nothing that a version newly allows goes unsaid: when no sentence says more, every message that the new version lets
// through was let through by the old one. It must not judge whether a change is wise; that is for people, and for lint.
package changes
