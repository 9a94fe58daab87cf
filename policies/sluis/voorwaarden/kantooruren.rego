package sluis.voorwaarden

# METADATA
# scope: rule
# title: kantooruren
# description: |
#   Het bericht komt op een werkdag van 8 tot 18 uur, zodat er iemand is die het opvangt. Een crisis met een motivering gaat voor.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, 2.4 (bereikbaarheid buiten schooltijd)'
voldaan("kantooruren", _, _) if input.vastgesteld.kantooruren

voldaan("kantooruren", _, _) if crisis_gaat_voor

redenen("kantooruren", _, _) := [{"code": "buiten-kantooruren", "gegevens": {}}]
