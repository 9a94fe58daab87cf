package trailcheck

// marks remember one thing of each record by its nr: a million records take 125 kB.
type marks []uint64

// note notes it of a record of this trail, and of nothing else.
func (m marks) note(nr int64) {
	if nr >= 0 && nr>>6 < int64(len(m)) {
		m[nr>>6] |= 1 << (nr & 63)
	}
}

func (m marks) has(nr int64) bool {
	return nr >= 0 && nr>>6 < int64(len(m)) && m[nr>>6]&(1<<(nr&63)) != 0
}

// newMarks gives place for so many records.
func newMarks(size int64) marks { return make(marks, size/64+1) }

// any reports whether something holds for one word of records at least.
func (m marks) any(holds func(word int) uint64) bool {
	for word := range m {
		if holds(word) != 0 {
			return true
		}
	}
	return false
}
