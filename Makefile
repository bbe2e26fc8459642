# make run · make test · make check — everything else serves these three.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
HOME_FOLDER := $(if $(ZHIQUAN_HOME),$(ZHIQUAN_HOME),var)

.PHONY: run test check bench lock docs messages clean

## 安装，然后在 http://127.0.0.1:8000 提供网站；空库时在后台装入演示数据（撤出：zhiquan demo --remove）；换端口：make run PORT=8080
run: .venv/.ready
	@[ -e "$(HOME_FOLDER)/zhiquan.sqlite3" ] || [ -n "$(ZHIQUAN_DATABASE)" ] || nice $(BIN)/zhiquan demo --background &
	@exec $(BIN)/zhiquan serve --host $(HOST) --port $(PORT)

## 全部测试，包括代码规范、类型和导入契约
test: .venv/.ready
	@$(BIN)/python -m pytest -n auto --dist worksteal -rs

## 提交之前：规范、格式、类型、导入契约、架构
check: .venv/.ready
	@$(BIN)/python tests/architecture/tools.py
	@$(BIN)/python -m pytest -q tests/architecture --ignore tests/architecture/test_tools.py

bench: .venv/.ready
	@$(BIN)/python -m bench $(BENCH)

## 重新锁定依赖（需要 uv）
lock: .venv/.ready
	@$(BIN)/python -m pip install -q uv
	@$(BIN)/uv pip compile --all-extras --generate-hashes --no-header --python-version 3.11 --upgrade pyproject.toml -o requirements.lock

## 由代码重新生成 docs/reference
docs: .venv/.ready
	@$(BIN)/python docs/generate.py

## 收集界面上的句子，编译英文译文
messages: .venv/.ready
	@PYTHONPATH=. $(BIN)/python docs/catalogue.py

# Installed once, and again when the lock changes. The project itself is a path, so that nothing has to be built.
.venv/.ready: requirements.lock
	@echo "正在安装依赖（约半分钟）……"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本：make PYTHON=…"; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "zhiquan.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m zhiquan.site.cli "$$@"\n' > $(BIN)/zhiquan
	@chmod +x $(BIN)/zhiquan
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
