# Everything is done by ./x, which also works where there is no make.
.PHONY: demo demo-reset test bench screens lock messages

demo demo-reset test bench screens lock messages:
	@./x $@
