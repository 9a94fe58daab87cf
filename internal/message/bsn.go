package message

const bsnForm = "moet een burgerservicenummer van negen cijfers zijn; controleer of u het goed hebt overgenomen"

// ValidBSN reports whether a text is nine digits that pass the elfproef of the burgerservicenummer: the sum of the digits weighed
// 9, 8, 7, 6, 5, 4, 3, 2 and −1 is a multiple of eleven. It catches every single digit mistaken and two neighbours swapped.
func ValidBSN(bsn string) bool {
	if len(bsn) != 9 || bsn == "000000000" {
		return false
	}
	sum := 0
	for i := range 9 {
		if bsn[i] < '0' || bsn[i] > '9' {
			return false
		}
		weight := 9 - i
		if i == 8 {
			weight = -1
		}
		sum += weight * int(bsn[i]-'0')
	}
	return sum%11 == 0
}
