package vocabulary

// Codes lists the codes of a list, by the key that it has in the files (rollen, soorten, doelen, …), sorted; nil for an unknown
// list. The caller must not change it.
func (v *Vocabulary) Codes(list string) []string { return v.codes[list] }

// Suggest gives the code of the list that looks most like a text that somebody wrote ("wijkagnet" → "wijkagent"); "" when
// nothing looks like it. It gives only codes of the vocabulary, never the text itself.
func Suggest(written string, among []string) string {
	const longest = 64
	if len(written) > longest {
		return ""
	}
	best, distance := "", 1+min(3, len(written)/3)
	for _, code := range among {
		if d := editDistance(written, code); d < distance {
			best, distance = code, d
		}
	}
	return best
}

// editDistance is the number of letters to insert, drop or replace to get from a to b (Levenshtein), counted in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			above := row[j+1]
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above+1, row[j]+1, diagonal+cost)
			diagonal = above
		}
	}
	return row[len(b)]
}
