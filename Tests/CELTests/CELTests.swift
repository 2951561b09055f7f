// CELTests
