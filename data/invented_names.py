"""Names for the people of the sample company. All are invented; a likeness to anybody is chance."""

GIVEN = """
Aaliyah Abebe Adaeze Aiko Alejandra Amara Ambrose Anahí André Anjali Arash Astrid Ayodele Beatriz Björn Bronwyn Camila
Carlos Chidi Chloë Clara Connor Dalisay Daniela Darnell Dmitri Eduardo Eilidh Elif Emeka Esperanza Étienne Farah Fatima
Felipe François Gabriela George Graciela Hana Harpreet Héctor Hiroshi Ifeoma Ingrid Isaac Itzel Ivana Jamal Jasmine
Jean-Luc Jesús Joaquín Kalani Kateřina Keanu Keisha Kwame Laszlo Latoya Leilani Lucía Luz Mahina Malik María-José
Marguerite Mateo Mei-Ling Minh Moana Nadia Naoki Nia Noé Noor Olena Omar Oscar Paloma Parisa Priya Quincy Rafael Ravi
Renée Rosa Ruth Samoa Santiago Saoirse Siobhán Sofía Tadeo Tamika Thuy Tomás Valentina Wei Xiomara Yesenia Yusuf Zoë
""".split()  # noqa: SIM905 (a list literal would be a hundred lines)

FAMILY = (
    """
Abara|Abdullah|Achterberg|Adeyemi|Aguilar|Ahn|Alvarez|Arslan|Baptiste|Barragán|Bautista|Begay|Bennett|Bianchi|Björnsson
Boateng|Brightwater|Bui|Cabrera|Castañeda|Chandra|Chávez|Chen|Cho|Clearwater|Cordero|Cruz-Romero|D'Angelo|D'Souza
Dang|de la Cruz|del Río|Delacroix|Diallo|Dimitrov|Dunne|Echeverría|Eriksen|Escobar|Estrada|Fa'asavalu|Farouk|Fernández
Fitzgerald|Flores|Fuentes|Gallagher|Garrison|Ghorbani|Gill|Gonçalves|Greyeyes|Gupta|Gutiérrez|Haddad|Hahn|Hailu|Hansen
Harjo|Hernández|Hoang|Horvat|Huerta|Hughes|Ibarra|Iyer|Jaramillo|Jefferson|Jimenez|Kahananui|Kamaka|Kaur|Kealoha
Khoury|Kim|Kowalski|Kvam|Larsson|Le|Ledesma|Lewandowski|Liu|Lopez|Macías|MacLeod|Maldonado|Mancini|Mbeki|McAllister
Medina|Mendoza|Miyamoto|Montoya|Morales|Mukherjee|Muñoz|Nakai|Nguyễn|Nilsen|Novák|Núñez|O'Brien|O'Connor|O'Leary
Obi|Ochoa|Okafor|Oliveira|Olsen-Park|Ortega|Osei|Ostrowski|Park|Patel|Pereira|Petrov|Pham|Quintero|Rahman|Ramírez
Reyes|Rivera|Rosenthal|Saavedra|Saint-Pierre|Salazar|Sandoval|Sato|Schäfer|Serrano|Shapiro|Sharma|Silva|Singh|Sørensen
St. Clair|Tafoya|Takahashi|Tanaka|Tesfaye|Toledo|Tran|Tsosie|Turner|Urrutia|Valdez|Vang|Varga|Vasquez|Vega-Lind
Villanueva|Walker|Washington|Weiss|Whitehorse|Yamada|Yazzie|Yıldız|Zamora|Zhou|Zuñiga
""".strip()
    .replace("\n", "|")
    .split("|")
)
