print("requisite")
