package sluis.voorwaarden

# METADATA
# title: subsidiair
# description: |
#   De afzender heeft afgewogen, en verklaart, dat het doel niet op een minder ingrijpende manier te bereiken is. De afweging
#   staat in de lading.
# custom:
#   bron: 'Convenant Den Bosch, artikel 4 ("het proportionaliteits- en subsidiariteitsbeginsel")'
#   artikel: AVG, artikel 5 lid 1 onder c; Wpg, artikel 3
voldaan("subsidiair", _, _) if input.gesteld.verklaringen.subsidiair

redenen("subsidiair", _, stroom) := [niet_afgewogen(stroom)]
