package trailcheck

import (
	"crypto/sha256"
	"math/bits"
)

type hash = [sha256.Size]byte

// leaf and node are the hashes of RFC 6962, section 2.1: "MTH({d(0)}) = SHA-256(0x00 || d(0))" and "MTH(D[n]) =
// SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))".
func leaf(record []byte) hash {
	return sha256.Sum256(append([]byte{0}, record...))
}

func node(left, right hash) hash {
	buffer := make([]byte, 0, 1+2*sha256.Size)
	buffer = append(buffer, 1)
	buffer = append(buffer, left[:]...)
	return sha256.Sum256(append(buffer, right[:]...))
}

// tree is a Merkle tree that grows at its right side. It remembers one hash for each power of two in its size: the roots of the full
// subtrees from left to right.
type tree struct {
	size  int64
	roots []hash
}

// add appends a leaf, by its hash, and gives the hashes that come into being: the leaf itself, and the root of each subtree that it completes, from
// small to large. That is also the order in which a log keeps them (Crosby and Wallach, "Efficient Data Structures for
// Tamper-Evident Logging", section 3.3).
func (t *tree) add(h hash) []hash {
	made := []hash{h}
	for n := t.size; n&1 == 1; n >>= 1 {
		last := len(t.roots) - 1
		h = node(t.roots[last], h)
		t.roots = t.roots[:last]
		made = append(made, h)
	}
	t.roots = append(t.roots, h)
	t.size++
	return made
}

// root is the hash of the whole tree: the full subtrees joined from right to left, because the split of RFC 6962 is at the largest power
// of two smaller than the size.
func (t *tree) root() hash {
	if len(t.roots) == 0 {
		return sha256.Sum256(nil) // "The hash of an empty list is the hash of an empty string"
	}
	h := t.roots[len(t.roots)-1]
	for i := len(t.roots) - 2; i >= 0; i-- {
		h = node(t.roots[i], h)
	}
	return h
}

// hashCount is how many hashes a tree of this size has kept: every leaf, and a node for every pair that was ever completed.
func hashCount(size int64) int64 {
	return 2*size - int64(bits.OnesCount64(uint64(size)))
}
