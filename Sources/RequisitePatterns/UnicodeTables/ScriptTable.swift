/// The values of Script, Unicode 17.0.0.
///
/// `PropertyTable` explains the text;
/// `Tests/Generators/unicode-tables.mjs` writes it.
let scriptTable: StaticString = #"""
  Adlm Adlam
   PXj3[24941
  Aghb Caucasian_Albanian
   `YQ2c1;0
  Ahom
   PhU2J2>4F
  Arab Arabic
   P`14151=121O19;I1[31Q1`2_1`7Q15Z21L`bl1]?2_4P1?`341V4Sk3NS2588Q15Phg131J111020191310106040101012
   1110201010101011102316131310191@52141@d11
  Armi Imperial_Aramaic
   PRR2E18
  Armn Armenian
   aY1U12a122S\m14
  Avst Avestan
   PhR2e136
  Bali Balinese
   Ph6\21a1
  Bamu Bamum
   PeY1g2XX`1hA
  Bass Bassa_Vah
   `fj2M25
  Batk Batak
   Pn6c183
  Beng Bengali
   P\2317212E1610332821238041142H
  Bhks Bhaiksuki
   PPW281\11=:L
  Bopo Bopomofo
   ZG1i`;Z1`3O
  Brah Brahmi
   PPT2]24S190
  Brai Braille
   PP:o7
  Bugi Buginese
   P`6K21
  Buhd Buhid
   Pj5C
  Cakm Chakma
   PXT2d11A
  Cans Canadian_Aboriginal
   PP5oC`AU2j]P2?
  Cari Carian
   PeP2`1
  Cham
   P`Z1f19=2923
  Cher Cherokee
   Pm4e225bkU1_2
  Chrs Chorasmian
   `mS2K
  Copt Coptic Qaac
   RO=`T:c356
  Cpmn Cypro_Minoan
   `l[2R3
  Cprt Cypriot
   PPR25201[1113020
  Cyrl Cyrillic
   PP1T42X5`j5:P50\20WS4OPRNo2^lE1P`h1m1Q10
  Deva Devanagari
   PX2`24>2IPkW1OP`L9
  Diak Dives_Akuru
   PXV262027111M112;99
  Dogr Dogra
   PPV2k1
  Dsrt Deseret
   PPQ2_2
  Dupl Duployan
   PP_3Z35<387923
  Egyp Egyptian_Hieroglyphs
   PP\2eR1:jl3
  Elba Elbasan
   PXQ2W1
  Elym Elymaic
   PoS2F
  Ethi Ethiopic
   P`4X2132610132X1132P1132610132>1h1132R22O3IV_6F9616161616161616RYO525259616aU_2613111>
  Geor Georgian
   PU4U110502Z113`l2Z122PR4U11050
  Glag Glagolitic
   PP;o2Pm\361@261114
  Gong Gunjala_Gondi
   P[W25111T1111579
  Gonm Masaram_Gondi
   PXW26111[130111889
  Goth Gothic
   `iP2J
  Gran Grantha
   PhT2317212E1611142821222060562634
  Grek Greek
   `K3122310401012101C1n1>?VY64b1444d20P:E252U125271010101N2d11>1=251B2218W90naR10j^E^2A0oRd1U2
  Gujr Gujarati
   Qd2218121E16111429121220?32;76
  Guru Gurmukhi
   Q`2215412E16111111201441223073107@
  Hang Hangul
   PX4o7^a71Q8m2a3NQ2NQgMLSDSm:<F4`1Tm9N35252522
  Hani Han
   Pd;I1h2<e6_1010I8>3TNo]6P2o_DPXF];2Y3XXM1<6YPT1ofY1P1mX42]d52`Y7?]CR]2m@R_1Zj45YY8
  Hano Hanunoo
   Pi5D
  Hatr Hatran
   PWR2B1154
  Hebr Hebrew
   a\1f18J45XYm1I1410111119
  Hira Hiragana
   QR<e262Qko2n8B0M2]U@0
  Hluw Anatolian_Hieroglyphs
   PPa2VB
  Hmng Pahawh_Hmong
   Phj2U2:9161D5B
  Hmnp Nyiakeng_Puachue_Hmong
   PXh3\13=2941
  Hung Old_Hungarian
   PTS2b1=b175
  Ital Old_Italic
   PhP2S192
  Java Javanese
   P\Z1]22941
  Kali Kayah_Li
   PXZ1]110
  Kana Katakana
   QU<i222`7?`6^11g2^Pc191\1bR\13161110o82b10>3
  Khar Kharoshthi
   P`R231157121L224978
  Khmr Khmer
   Pl5m22969V?O
  Khoj Khojki
   P`T2A1^1
  Kits Khitan_Small_Script
   Tok20kh6e>Y10
  Knda Kannada
   PT3<121F19142812137152132912
  Kthi Kaithi
   PTT2R2:0
  Lana Tai_Tham
   Pa6n11L2:696=
  Laoo Lao
   Qd3110141G101F2410161923
  Latn Latin
   Q2I6I_10?05F1N1P>W14k`6U16`1535<1U2Q2o7a;0=0@<]4160K0AX1gf2OReNU33a2D>`IZ11813flC6jP1I6IUQ251Y11
   8Uje1N65
  Lepc Lepcha
   PP7g13>32
  Limb Limbu
   PX6N1;4;403;
  Lina Linear_A
   P`Q2f99E:7
  Linb Linear_B
   PPP2;1I1B111>2=R1j3
  Lisu
   `VY1_1`eN0
  Lyci Lycian
   PdP2L
  Lydi Lydian
   PYR2I50
  Mahj Mahajani
   `ZT2V1
  Maka Makasar
   PgW2H
  Mand Mandaic
   PR2K20
  Mani Manichaean
   PfR2V14;
  Marc Marchen
   `SW2O2E1=
  Medf Medefaidrin
   Pbk2j2
  Mend Mende_Kikakui
   PPj3T62?
  Merc Meroitic_Cursive
   P]R2G4C2]1
  Mero Meroitic_Hieroglyphs
   P\R2O
  Mlym Malayalam
   PX3<121b112154?2I
  Modi
   P`U2T2;9
  Mong Mongolian
   PP61201C6h27Z1e]o1<
  Mroo Mro
   Pbj2N1941
  Mtei Meetei_Mayek
   PgZ1FY6]129
  Mult Multani
   PdT2610131>1:
  Mymr Myanmar
   PP4o4PZV1NQ3O`RKC
  Nand Nandinagari
   P]V272]12:
  Narb Old_North_Arabian
   PdR2O
  Nbat Nabataean
   PTR2N88
  Newa
   PPU2k214
  Nkoo Nko
   Pn1j122
  Nshu Nushu
   Qok20^\@[<
  Ogam Ogham
   Pd5L
  Olck Ol_Chiki
   `R7_1
  Orkh Old_Turkic
   PPS2X2
  Orya Oriya
   Qh2217212E1611142821227241142A
  Osge Osage
   `UQ2S14S1
  Osma Osmanya
   PTQ2M29
  Ougr Old_Uyghur
   `kS2I
  Palm Palmyrene
   PSR2O
  Pauc Pau_Cin_Hau
   PfV2h1
  Perm Old_Permic
   `jP2Z1
  Phag Phags_Pa
   PRZ1g1
  Phli Inscriptional_Pahlavi
   PkR2B57
  Phlp Psalter_Pahlavi
   PlR2A73<6
  Phnx Phoenician
   PXR2K30
  Plrd Miao
   Phk2Z24h17@
  Prti Inscriptional_Parthian
   PjR2E27
  Rjng Rejang
   `YZ1S1;0
  Rohg Hanifi_Rohingya
   PXS2W189
  Runr Runic
   Pe5Z23:
  Samr Samaritan
   PP2]12>
  Sarb Old_South_Arabian
   PcR2O
  Saur Saurashtra
   PTZ1U28;
  Sgnw SignWriting
   PPf3[D?41>
  Shaw Shavian
   `RQ2_1
  Shrd Sharada
   P\T2o2P\27
  Sidd Siddham
   P\U2e12U1
  Sind Khudawadi
   `eT2j159
  Sinh Sinhala
   Q\321A3G181026304510176922\oP2C
  Sogd Sogdian
   `iS2Y1
  Sogo Old_Sogdian
   PhS2W1
  Sora Sora_Sompeng
   `VT2H79
  Soyo Soyombo
   `bV2b2
  Sund Sundanese
   Pl6o1P87
  Sylo Syloti_Nagri
   PPZ1\1
  Syrc Syriac
   Ph1=1k122`8:
  Tagb Tagbanwa
   Pk5<1211
  Takr Takri
   PdU2i169
  Tale Tai_Le
   `Z6M24
  Talu New_Tai_Lue
   P\6[14I6:31
  Taml Tamil
   Rl2115321331101131323;4432132060>DUnT2a1=0
  Tang Tangut
   Pok20Oog6P@NQ3b3
  Tavt Tai_Viet
   PdZ1R2H4
  Telu Telugu
   PP3<121F1?281213711211232978
  Tfng Tifinagh
   `Y;g171>0
  Tglg Tagalog
   Ph5E90
  Thaa Thaana
   Pl1a1
  Thai
   Q`3i15K
  Tibt Tibetan
   Ph3W21S14V11S11>1641
  Tirh Tirhuta
   PTU2W289
  Tnsa Tangsa
   `cj2^219
  Toto
   `dh3N
  Ugar Ugaritic
   PlP2M10
  Vaii Vai
   PXY1[9
  Vith Vithkuqi
   `[Q2:1>16111:1>1611
  Wara Warang_Citi
   PUV2b2<0
  Wcho Wancho
   Pfh3i150
  Xpeo Old_Persian
   PmP2S14=
  Xsux Cuneiform
   PPX2iLV3^314;S6
  Yezi Yezidi
   PdS2Y11221
  Yiii Yi
   PPX1\T13f1
  Zanb Zanabazar_Square
   P`V2W2
  Zinh Inherited Qaai
   PH_3e81T>:J0PG3kZ4]12;T?21<16406031V6o1\@1R6P1ii33[31U[c1?@=_N0R70jR40Tn^1]12FPA2A726N3bj[H_7
  Zyyy Common
   0P2J5J^11>14G0O0Q>V1542Cd30906010mC060>030P10l40T@0Q41iV10e<3R90__12W21[6110]V10=073151220UH;2f2
   1:3:1>AQ1n1U112251J1@Y124iDF:EoLP8cC2Y4P@m2b<D101H?743k2130j21c4?P1U190`1o1O`2_10h2W5P^6o1PXFQ1V
   32U59d70P50[<0>1b^D1`69FR11B13c401OJ5J::0]11P2616:4R824\138`2<c1\1T7JT]^13lj3l73c=6F?@o2c3l1e7:V
   12m13@817M4l1e6C<C<f29HW4d21V2112021231;10161P21327161K131410361c:2S92a1aS5S2\2l1RF[14S3<>2>1>1T
   1:]5h1I11=[14871>5j4hN3@3<3i66;40?;4g1896W18M2;41>8W1g:8=2<3:3h1104?2;497b41V3VPQH0No2
  Zzzz Unknown
   hK1637010D0]<0V11b1130g17K36:^80l11U3=k11a11?0L110;4R14]708121F0701241912147132051I1306321F07020
   202110532132164016A9309030F0702051:030311>41<670308121F0702051912136332051B9206230422010222232<3
   523041151=E4=030G0@190304620302141:6F030G0:051903046243041:03;=030c103063@1J030B2H09011721360108
   5:13;j13MT1201050H010G1501070:14OX20T13W10T10?0=T1V601411i;041701041Y1041Q1041701041?0i1041S21P1
   2J5f2161mD2i26F8H8D;=0302;n21:5:5J5i26[14V29O0<3<312Z115:\13J5;2n11Q20M1;5:5>1^11<C]20V57l12?2n1
   4[11;7[14f@161V116180101010O1e10?0>160C13090U30<1K0=2R1=Q1>\43jDE;Ddh11n;4]101411h162=H870707070
   70707070n3Q1J0i2;f6I`20f21W34[10n20f28`10]cL2g18l:Ch57m6Cl12:5h17V27<5d3:N2^20;3Q10g18>1:1W3GL96
   161687070l13n31:5Tm:;G3a1SX8^;1Z3U17;54J050102020ZDOZ15c10C04350W4110n5261616132707951<0J0C020?1
   >Q1k3433]12h20=21^1^1Q4M2a1>L3T18N4[14N0U13>Y1n41:5T13T13X17d1:<0?07020;0?07022d1;g98F98G60Z109T
   26110\102211G0X279_1C024Q12K4KU1h13D1b10248030M133:696P2OW13<8f12M1K4J64;7_2Y2f1c1<c16^17:5V12M7
   2_6O0Z10312?679P1^17Z1EJU1LCG8^23T18T2911I6:5e10B7W18P30D:B0_1m1701040?0;5k14:5408121F0702050:12
   131151471725::01110V10:0111040:0272Ll205MX27:U5f11V1Q1U2::5=Bj15:5DKK1?3Gh5l1S3c2;81118020N021<8
   :U281^11;JX27c2<Y26:e28g2R1=:590]10>9M2P11F0>X27020\12102097:56020U102066:5\13:e7I6A0Y12Md21>b1<
   kLU3_305:T6[b2S3<fR19kl34WBhe6j1Uf1iA6O0:3a20:5N169V29:070E4C_=j1U6k24I1I[1[23i16Ao15:78fV7X1P1P
   3c3l_8407020S9>1L311=47\<SX2[34=296:18kj3m72d=5G>A>^11G8d3k1f79W11R6DV2i3D;D;g28IV4e20W202111214
   0<01070Q20418070L040501270d:1T91nE>50?_R1O56d670A1702054n1P11_3]12>1:32o9O@j141_>Z1e6[131o5O0F72
   o6704020?0U61@X1\23:32`HT2[2m1Q640K0201110:040101513101010302011101010101020114070404010:0A43050
   Ac12]8\13T3;?1?0?0U19^5g1M<\13962=6i4iN2A2=2j65<31><3h17:5X17N1<32=9V1h:7>1=2;2i1013@1<3:6c40W3T
   P1PgY1OnX41^d51aY7>^CQ]2n@Q_1[j44ZY8VlbE1MP3o3`7_`o5
  Kawi
   PhW2@1X13L
  Nagm Nag_Mundari
   `Vi3Y1
  Gara Garay
   PZS2U13L81
  Gukh Gurung_Khema
   PXh2i1
  Krai Kirat_Rai
   PZk2i1
  Onao Ol_Onal
   `^i3Z140
  Sunu Sunuwar
   PnV2Q1>9
  Todr Todhri
   P^Q2c1
  Tutg Tulu_Tigalari
   PlT2910201U119102013191181
  Berf Beria_Erfe
   Pek2H2H
  Sidt Sidetic
   PZR2I
  Tayo Tai_Yo
   Pfi3N1E81
  Tols Tolong_Siki
   `]W2[149
  """#
