# METADATA
# scope: package
# title: Wat voor elk bericht geldt
# description: |
#   Bezwaren die niet van de stroom afhangen. Elk bezwaar staat er zolang het tegendeel niet vaststaat: een feit dat ontbreekt
#   is een bezwaar. `uitleg[code]` geeft waarmee de zin van de reden gevuld wordt.
# custom:
#   bron: 'Handreiking onderwijs en veiligheid, bijlage 5 (convenant schoolveiligheid Den Bosch)'
package sluis.algemeen

# METADATA
# description: Het convenant dat het bericht noemt is hier bekend, in deze versie.
bezwaar contains "onbekend-convenant" if not input.vastgesteld.convenant.bekend

# METADATA
# description: Het convenant is nu van kracht (getekend, binnen de looptijd).
bezwaar contains "convenant-niet-van-kracht" if not input.vastgesteld.convenant.vanKracht
