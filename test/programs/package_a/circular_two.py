from package_a import circular_one

seen = circular_one.finished
