"""Habits of trainers and products in small files, each with what has to be read from it."""

import pytest

from quizapp.rules.formats import text
from tests.rules.formats.account import codes, lines_lost

HABITS = {
    "kinds in brackets, ; between letters, | between blanks": (
        "1.[单选题] 先看什么？\n"
        "A.灯\n"
        "B、门\n"
        "答案：B\n"
        "解析：因为。\n"
        "2.[多选题] 要带什么？\n"
        "A.灯\n"
        "B.伞\n"
        "C.风筝\n"
        "答案：A;B\n"
        "3.[判断题] 灯要亮。（正确）\n"
        "4.[填空题](系统评分) 保存__年，由__管。\n"
        "答案：5;五|村委会\n",
        [
            ("single_choice", "先看什么？", ["灯", "门"], "B"),
            ("multiple_choice", "要带什么？", ["灯", "伞", "风筝"], "AB"),
            ("true_false", "灯要亮。（）", [], True),
            ("fill_blank", "保存__年，由__管。", [], [["5", "五"], ["村委会"]]),
        ],
    ),
    "answers in 【】, blanks in round groups": (
        "1、先看（ ）\n"
        "A.灯\n"
        "B.门\n"
        "【答案】B\n"
        "2、要带（ ）\n"
        "(A)灯\n"
        "(B)伞\n"
        "(C)风筝\n"
        "【答案】AB\n"
        "3、保存____年，由____管。\n"
        "【答案】(5)(村委会)\n"
        "4、灯要亮。\n"
        "【答案】正确\n"
        "5、怎么登记？\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("multiple_choice", "要带（ ）", ["灯", "伞", "风筝"], "AB"),
            ("fill_blank", "保存____年，由____管。", [], [["5"], ["村委会"]]),
            ("true_false", "灯要亮。", [], True),
            (None, "怎么登记？", [], None),
        ],
    ),
    "the answer in the bracket and on a line": (
        "一、单选题\n"
        "1. 安全帽的主要作用是（A）\n"
        "A. 保护头部\n"
        "B. 装饰作用\n"
        "答案：A\n"
        "解析：…\n"
        "二、多选题\n"
        "2. 雨天驾驶时应注意（AB）A.降低车速 B.加大跟车距离 C.急打方向 D.紧急制动\n"
        "三、判断题\n"
        "3. 方针是安全第一，预防为主。（对）\n",
        [
            ("single_choice", "安全帽的主要作用是（）", ["保护头部", "装饰作用"], "A"),
            ("multiple_choice", "雨天驾驶时应注意（）", ["降低车速", "加大跟车距离", "急打方向", "紧急制动"], "AB"),
            ("true_false", "方针是安全第一，预防为主。（）", [], True),
        ],
    ),
    "kind and points in the head, words behind letters": (
        "1. (单选题, 2.0分) 先看什么\n"
        "A. 灯\n"
        "B. 门\n"
        "正确答案: B:门;\n"
        "答案解析：因为\n"
        "2. (多选题, 3.0分) 要带什么\n"
        "A. 灯\n"
        "B. 伞\n"
        "C. 风筝\n"
        "正确答案: AB:灯;伞;\n"
        "3. (判断题, 1分) 灯要亮\n"
        "A. 对\n"
        "B. 错\n"
        "正确答案: 对\n",
        [
            ("single_choice", "先看什么", ["灯", "门"], "B"),
            ("multiple_choice", "要带什么", ["灯", "伞", "风筝"], "AB"),
            ("true_false", "灯要亮", [], True),
        ],
    ),
    "what somebody answered beside the key": (
        "1.【单选题】先看什么\n"
        "A、灯\n"
        "B、门\n"
        "我的答案：A 得分： 0.0分\n"
        "正确答案：B\n"
        "答案解析：因为\n"
        "2.【判断题】灯要亮\n"
        "我的答案：√\n"
        "正确答案：√\n"
        "3.【填空题】保存____年\n"
        "正确答案：\n"
        "第一空：\n"
        "5；五\n",
        [
            ("single_choice", "先看什么", ["灯", "门"], "B"),
            ("true_false", "灯要亮", [], True),
            ("fill_blank", "保存____年", [], [["5", "五"]]),
        ],
    ),
    "甲 乙 丙 for letters": (
        "1. 谁先走（ ）\n甲. 张三\n乙. 李四\n丙. 王五\n答案：乙\n2. 谁后走（ ）\n甲、张三\n乙、李四\n答案：甲\n",
        [
            ("single_choice", "谁先走（ ）", ["张三", "李四", "王五"], "B"),
            ("single_choice", "谁后走（ ）", ["张三", "李四"], "A"),
        ],
    ),
    "； parts as many blanks as there are": (
        "三、填空题\n1. 坚持____、____、____三结合。\n答案：甲；乙；丙\n2. 方针是____。\n答案：安全第一;预防为主\n",
        [
            ("fill_blank", "坚持____、____、____三结合。", [], [["甲"], ["乙"], ["丙"]]),
            ("fill_blank", "方针是____。", [], [["安全第一", "预防为主"]]),
        ],
    ),
    "brackets for blanks, 、 between answers": (
        "三、填空题\n1. 坚持（    ）、（    ）。\n答案：甲、乙\n2. 报警电话（    ）。\n答：110\n",
        [
            ("fill_blank", "坚持（    ）、（    ）。", [], [["甲"], ["乙"]]),
            ("fill_blank", "报警电话（    ）。", [], [["110"]]),
        ],
    ),
    "blanks that are counted": (
        "三、填空题\n"
        "1. 坚持___和___。\n"
        "答案：（1）甲（2）乙\n"
        "2. 坚持___和___。\n"
        "答案：①甲②乙\n"
        "3. 坚持___和___。\n"
        "答案：1.甲 2.乙\n",
        [
            ("fill_blank", "坚持___和___。", [], [["甲"], ["乙"]]),
            ("fill_blank", "坚持___和___。", [], [["甲"], ["乙"]]),
            ("fill_blank", "坚持___和___。", [], [["甲"], ["乙"]]),
        ],
    ),
    "right and wrong in many spellings": (
        "二、判断题\n"
        "1. 灯要亮。（ √）\n"
        "2. 门要开（×）\n"
        "3. 窗要关。【对】\n"
        "4. 灯要亮。[错]\n"
        "5. 门要开。 T\n"
        "6. 窗要关。(F)\n"
        "7. 灯要亮。答案：√\n"
        "8. 门。对\n",
        [
            ("true_false", "灯要亮。（）", [], True),
            ("true_false", "门要开（）", [], False),
            ("true_false", "窗要关。【】", [], True),
            ("true_false", "灯要亮。[]", [], False),
            ("true_false", "门要开。", [], True),
            ("true_false", "窗要关。()", [], False),
            ("true_false", "灯要亮。", [], True),
            ("true_false", "门。", [], True),
        ],
    ),
    "difficulty and points behind the answer": (
        "一、单选题（共20题，每题1分）\n"
        "1、先看（ ）。（1分）\n"
        "A.灯 B.门\n"
        "答案：A 难度：易 分值：2\n"
        "2、后看（ ）。\n"
        "A.灯 B.门\n"
        "答案：B\n"
        "难易程度：难\n"
        "知识点：巡查\n",
        [
            ("single_choice", "先看（ ）。", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）。", ["灯", "门"], "B"),
        ],
    ),
    "numbered points in an explanation": (
        "1. 先看（ ）\n"
        "A. 灯\n"
        "B. 门\n"
        "答案：A\n"
        "解析：有三点：\n"
        "1. 灯亮。\n"
        "2. 门开。\n"
        "3. 窗关。\n"
        "2. 后看（ ）\n"
        "A. 灯\n"
        "B. 门\n"
        "答案：B\n"
        "解析：（1）灯亮；\n"
        "（2）门开。\n"
        "3. 再看（ ）\n"
        "A. 灯\n"
        "B. 门\n"
        "答案：A\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
            ("single_choice", "再看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "letters inside options": (
        "1. 首都在（ ）\n"
        "A. U.S.A.\n"
        "B. U.K.\n"
        "C. A.D.100年\n"
        "答案：C\n"
        "2. 含维生素B12的是（ ）\n"
        "A. A型血 B. B超 C. C反应蛋白 D. D-二聚体\n"
        "答案：D\n",
        [
            ("single_choice", "首都在（ ）", ["U.S.A.", "U.K.", "A.D.100年"], "C"),
            ("single_choice", "含维生素B12的是（ ）", ["A型血", "B超", "C反应蛋白", "D-二聚体"], "D"),
        ],
    ),
    "numbers anew in each chapter and part": (
        "第一章 总则\n"
        "一、单选题\n"
        "1.先看（ ）\n"
        "A.灯\n"
        "B.门\n"
        "答案：A\n"
        "二、判断题\n"
        "1.灯要亮。（√）\n"
        "第二章 分则\n"
        "一、单选题\n"
        "1.后看（ ）\n"
        "A.灯\n"
        "B.门\n"
        "答案：B\n"
        "二、判断题\n"
        "1.门要开。（×）\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（）", [], True),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
            ("true_false", "门要开。（）", [], False),
        ],
    ),
    "years and days at the head of a stem": (
        "1．2024年3月5日召开的会议是（ ）\n"
        "A．甲\n"
        "B．乙\n"
        "答案：A\n"
        "2．1949年成立的是（ ）\n"
        "A．丙\n"
        "B．丁\n"
        "答案：B\n"
        "3．3.15是（ ）\n"
        "A．戊\n"
        "B．己\n"
        "答案：A\n",
        [
            ("single_choice", "2024年3月5日召开的会议是（ ）", ["甲", "乙"], "A"),
            ("single_choice", "1949年成立的是（ ）", ["丙", "丁"], "B"),
            ("single_choice", "3.15是（ ）", ["戊", "己"], "A"),
        ],
    ),
    "options below the answer": (
        "1. 先看（ ）答案：B\nA. 灯\nB. 门\n2. 后看（ ）答案：A\nA. 灯\nB. 门\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "bold lines of Markdown": (
        "**1. 先看（ ）**\n"
        "\n"
        "- A. 灯\n"
        "- B. 门\n"
        "\n"
        "**答案：A**\n"
        "\n"
        "> 解析：因为\n"
        "\n"
        "**2. 后看（ ）**\n"
        "\n"
        "- A. 灯\n"
        "- B. 门\n"
        "\n"
        "**答案：B**\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
        ],
    ),
    "dashes and colons of Markdown": (
        "1、_[单选]_先看什么\n- A: 灯\n- B: 门\n正确答案：A\n2、_[多选]_要带什么\n- A: 灯\n- B: 伞\n正确答案：AB\n",
        [
            ("single_choice", "先看什么", ["灯", "门"], "A"),
            ("multiple_choice", "要带什么", ["灯", "伞"], "AB"),
        ],
    ),
    "a star before a stem, English colons": (
        "*先看什么\nA.灯\nB.门\n答案:A\n解析:因为\n*灯要亮\nA.对\nB.错\n答案:A\n",
        [
            ("single_choice", "先看什么", ["灯", "门"], "A"),
            ("true_false", "灯要亮", [], True),
        ],
    ),
    "A-灯": (
        "1. 先看什么？（  ）\nA-灯\nB-门\n答案：A\n2. 后看什么？（  ）\nA-灯\nB-门\n答案：B\n",
        [
            ("single_choice", "先看什么？（  ）", ["灯", "门"], "A"),
            ("single_choice", "后看什么？（  ）", ["灯", "门"], "B"),
        ],
    ),
    "① ② for letters": (
        "1. 先看什么？（  ）\n①灯\n②门\n③窗\n答案：①②\n2. 后看什么？（  ）\n①灯\n②门\n答案：②\n",
        [
            ("multiple_choice", "先看什么？（  ）", ["灯", "门", "窗"], "AB"),
            ("single_choice", "后看什么？（  ）", ["灯", "门"], "B"),
        ],
    ),
    "Q1:": (
        "Q1: 先看什么\nA. 灯\nB. 门\nAnswer: A\nQ2: 后看什么\nA. 灯\nB. 门\nAnswer: B\n",
        [
            ("single_choice", "先看什么", ["灯", "门"], "A"),
            ("single_choice", "后看什么", ["灯", "门"], "B"),
        ],
    ),
    "small letters": (
        "1) what first\na) lamp\nb) door\nanswer: b\n2) what then\na) lamp\nb) door\nanswer: a\n",
        [
            ("single_choice", "what first", ["lamp", "door"], "B"),
            ("single_choice", "what then", ["lamp", "door"], "A"),
        ],
    ),
    "True and False in brackets": (
        "一、判断\n1. lamp on. (True)\n2. door open. (False)\n3. x y.\n答案：正确。解析：因为\n",
        [
            ("true_false", "lamp on. ()", [], True),
            ("true_false", "door open. ()", [], False),
            ("true_false", "x y.", [], True),
        ],
    ),
    "a card of numbers above answers": (
        "一、单选题\n1、先看（ ）\nA、灯 B、门\n2、后看（ ）\nA、灯 B、门\n答案：\n题号 1 2\n答案 A B\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
        ],
    ),
    "a number that is there twice": (
        "1、1、先看（ ）\nA、灯\nB、门\n答案：A\n2、2、后看（ ）\nA、灯\nB、门\n答案：B\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
        ],
    ),
    "options that name options": (
        "1. 先看（ ）\nA. 灯\nB. 门\nC. 以上都是\nD. A和B\n答案：D\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门", "以上都是", "A和B"], "D"),
        ],
    ),
    "ranges with a wave": (
        "一、单选题\n1、先看（ ）\nA、灯 B、门\n2、后看（ ）\nA、灯 B、门\n答案\n一、单选题\n1～2 AB\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
        ],
    ),
    "full width throughout": (
        "１．先看（\u3000）\nＡ．灯\nＢ．门\n答案：Ａ\n２．后看（\u3000）\nＡ．灯\nＢ．门\n答案：Ｂ\n",
        [
            ("single_choice", "先看（\u3000）", ["灯", "门"], "A"),
            ("single_choice", "后看（\u3000）", ["灯", "门"], "B"),
        ],
    ),
    "answers in words with their points": (
        "四、简答题\n"
        "1. 怎么登记？\n"
        "答：（1）当晚登记。\n"
        "（2）写明时间。\n"
        "2. 怎么巡查？\n"
        "参考要点：1. 看灯。\n"
        "2. 看门。\n",
        [
            ("short_answer", "怎么登记？", [], "（1）当晚登记。\n（2）写明时间。"),
            ("short_answer", "怎么巡查？", [], "1. 看灯。\n2. 看门。"),
        ],
    ),
    "a case with numbered questions": (
        "五、案例分析题\n（一）某村夜里停电。\n1. 怎么办？（5分）\n答案：报告。\n2. 为什么？（5分）\n答案：因为。\n",
        [
            ("short_answer", "怎么办？", [], "报告。"),
            ("short_answer", "为什么？", [], "因为。"),
        ],
    ),
    "answers of a key behind its headings": (
        "一、单选题\n1.先看（ ）\nA.灯\nB.门\n2.后看（ ）\nA.灯\nB.门\n二、判断题\n1.灯要亮。（ ）\n2.门要开。（ ）\n"
        "参考答案及评分标准\n一、单选题（每题2分）1.B 2.A\n二、1.√ 2.×\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（ ）", [], True),
            ("true_false", "门要开。（ ）", [], False),
        ],
    ),
    "cards of a key below the headings of their parts": (
        "一、单选题\n1、先看（ ）\nA、灯 B、门\n2、后看（ ）\nA、灯 B、门\n二、判断题\n1、灯要亮。（ ）\n"
        "参考答案\n一、单选题\n题号 1\n答案 B\n题号 2\n答案 A\n二、判断题\n题号 1\n答案 √\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（ ）", [], True),
        ],
    ),
    "a card without heads": (
        "一、单选题\n1、先看（ ）\nA、灯 B、门\n2、后看（ ）\nA、灯 B、门\n3、再看（ ）\nA、灯 B、门\n答案：\n1  2  3\nB  A  B\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
            ("single_choice", "再看（ ）", ["灯", "门"], "B"),
        ],
    ),
    "a key with the chapters of its questions": (
        "第一章 总则\n一、单选题\n1.先看（ ）\nA.灯\nB.门\n第二章 分则\n一、单选题\n1.后看（ ）\nA.灯\nB.门\n"
        "参考答案\n第一章 总则\n一、单选题\n1.B\n第二章 分则\n一、单选题\n1.A\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "a key in words, several in a row and with points": (
        "一、填空题\n1、先看____和____。\n2、后看____。\n二、简答题\n1、怎么登记？\n2、怎么巡查？\n"
        "参考答案\n一、填空题\n1、灯、门  2、窗\n二、简答题\n1、（1）当晚登记；\n（2）写明时间。\n2、怎么巡查？（5分）\n看灯。\n",
        [
            ("fill_blank", "先看____和____。", [], [["灯"], ["门"]]),
            ("fill_blank", "后看____。", [], [["窗"]]),
            ("short_answer", "怎么登记？", [], "（1）当晚登记；\n（2）写明时间。"),
            ("short_answer", "怎么巡查？", [], "看灯。"),
        ],
    ),
    "right and wrong before a statement, as a letter, with what would be right": (
        "三、判断题\n1.（ √ ）灯要亮。\n2.门要开。（B）\nA.正确  B.错误\n四、判断改错题\n1.窗要关。（ ）\n答案：×。应改为：窗要开。\n",
        [
            ("true_false", "（）灯要亮。", [], True),
            ("true_false", "门要开。（）", [], False),
            ("true_false", "窗要关。（ ）", [], False),
        ],
    ),
    "one blank filled in a round bracket": (
        "1、保存____年。\n【答案】(5)\n2、由____管。\n【答案】(村委会)\n",
        [
            ("fill_blank", "保存____年。", [], [["5"]]),
            ("fill_blank", "由____管。", [], [["村委会"]]),
        ],
    ),
    "blanks left empty, a remark in a bracket": (
        "填空题\n1、先看____和____（见手册）。\n2、记在《登记簿》（第二版）里的是（灯）。\n",
        [
            ("fill_blank", "先看____和____（见手册）。", [], None),
            ("fill_blank", "记在《登记簿》（第二版）里的是（）。", [], [["灯"]]),
        ],
    ),
    "tags on a line of their own": (
        "[单选题组]\n1.先看()\nA.灯\nB.门\n[难度:0.9][分数:2]\n[参考答案]B\n[填空题组]\n2.保存____年\n[参考答案]5\n[难度:0.5][分数:1]\n",
        [
            ("single_choice", "先看()", ["灯", "门"], "B"),
            ("fill_blank", "保存____年", [], [["5"]]),
        ],
    ),
    "an answer of several lines in a group": (
        "1.先看（ ）\nA.灯\nB.门\n[B][2分]\n2.怎么登记？\n[当晚登记，\n写明时间。][10分]\n3.怎么巡查？\n[看灯。][5分]\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("short_answer", "怎么登记？", [], "当晚登记，\n写明时间。"),
            ("short_answer", "怎么巡查？", [], "看灯。"),
        ],
    ),
    "tags of a survey without numbers": (
        "灯要亮[Single Choice][Answer: A][Score: 5][All]\nA. 对\nB. 错\n\n"
        "保存____年[Fill in the Blank][Answer: 1.五][Score: 2][ByBlank]\n",
        [
            ("single_choice", "灯要亮", ["对", "错"], "A"),
            ("fill_blank", "保存____年", [], [["五"]]),
        ],
    ),
    "a number that is there twice, and a year behind one": (
        "1、先看（ ）\nA、灯\nB、门\n答案：A\n1、后看（ ）\nA、灯\nB、门\n答案：B\n3、2024年看（ ）\nA、灯\nB、门\n答案：A\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
            ("single_choice", "2024年看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "a number glued to a year": (
        "1先看（ ）\nA、灯\nB、门\n答案：A\n22024年看（ ）\nA、灯\nB、门\n答案：B\n3再看（ ）\nA、灯\nB、门\n答案：A\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "2024年看（ ）", ["灯", "门"], "B"),
            ("single_choice", "再看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "run-on parts that number anew, a number before a figure": (
        "一、单选题\n1.先看（A）A.灯B.门2.20世纪看（B）A.灯B.门3.再看（A）A.灯B.门\n"
        "二、判断题\n1.灯要亮。（√）2.门要开。（×）3.窗要关。（√）4.伞要带。（√）\n",
        [
            ("single_choice", "先看（）", ["灯", "门"], "A"),
            ("single_choice", "20世纪看（）", ["灯", "门"], "B"),
            ("single_choice", "再看（）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（）", [], True),
            ("true_false", "门要开。（）", [], False),
            ("true_false", "窗要关。（）", [], True),
            ("true_false", "伞要带。（）", [], True),
        ],
    ),
    "letters apart by spaces are no options": (
        "".join(f"{n}、要带（ ）\nA灯 B伞 C门 D窗\n答案：A B C D\n" for n in range(1, 6)),
        [("multiple_choice", "要带（ ）", ["灯", "伞", "门", "窗"], "ABCD")] * 5,
    ),
    "a label with a space, small letters for answers": (
        "1、先看（ ）\nA、灯\nB、门\n答 案 ： B\n2、后看（ ）\nA、灯\nB、门\n正 确 答 案：a\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "small letters in brackets and in a key": (
        "1. 先看（b）\na. 灯\nb. 门\n2. 要带（ ）\na. 灯\nb. 伞\nc. 门\n答案\n2.ab\n",
        [
            ("single_choice", "先看（）", ["灯", "门"], "B"),
            ("multiple_choice", "要带（ ）", ["灯", "伞", "门"], "AB"),
        ],
    ),
    "words of a page between options and the next question": (
        "一、单选题\n"
        + "".join(f"{n}、先看{n}（A）\nA、灯\nB、门\n内部资料\n- {n} -\n" for n in range(1, 4)),
        [("single_choice", f"先看{n}（）", ["灯", "门"], "A") for n in range(1, 4)],
    ),
    "choices below a case": (
        "案例分析题\n1. 先看（ ）\nA. 灯\nB. 门\n答案：B\n2. 要带（ ）\nA. 灯\nB. 伞\n答案：AB\n3. 怎么办？\n答：报告。\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("multiple_choice", "要带（ ）", ["灯", "伞"], "AB"),
            ("short_answer", "怎么办？", [], "报告。"),
        ],
    ),
    "points behind an explanation that is empty": (
        "1. 先看（ ）\nA. 灯\nB. 门\n正确答案: B\n答案解析：\n2.0分\n2. 后看（ ）\nA. 灯\nB. 门\n正确答案: A\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "a key behind its label": (
        "1.先看（ ）\nA.灯\nB.门\n2.后看（ ）\nA.灯\nB.门\n3.灯要亮。（ ）\n答案：1.B 2.A 3.√\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（ ）", [], True),
        ],
    ),
    "a key behind its label in one run-on line": (
        "1.先看（）A.灯B.门2.后看（）A.灯B.门3.再看（）A.灯B.门4.末看（）A.灯B.门答案：1.B2.A3.B4.A\n",
        [
            ("single_choice", "先看（）", ["灯", "门"], "B"),
            ("single_choice", "后看（）", ["灯", "门"], "A"),
            ("single_choice", "再看（）", ["灯", "门"], "B"),
            ("single_choice", "末看（）", ["灯", "门"], "A"),
        ],
    ),
    "a key of letters with explanations and their points": (
        "1.先看（ ）\nA.灯\nB.门\n2.后看（ ）\nA.灯\nB.门\n答案及解析：\n1.B 解析：先登记。\n2.【答案】A\n【解析】有两点：\n（1）亮。\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "B"),
            ("single_choice", "后看（ ）", ["灯", "门"], "A"),
        ],
    ),
    "points of an explanation below its label": (
        "".join(
            f"{n}.先看{n}（ ）\nA.灯\nB.门\n答案：A\n答案解析：\n1.灯亮，好。\n2.门开。\n\n" for n in range(1, 5)
        ),
        [("single_choice", f"先看{n}（ ）", ["灯", "门"], "A") for n in range(1, 5)],
    ),
    "points in a stem": (
        "".join(
            f"{n}．{n}号说法：\n（1）灯亮；\n（2）门开；\n（3）窗关。\n对的有（ ）个。\nA．1\nB．2\n答案：A\n" for n in (1, 2, 3)
        ),
        [
            ("single_choice", f"{n}号说法：\n（1）灯亮；\n（2）门开；\n（3）窗关。\n对的有（ ）个。", ["1", "2"], "A")
            for n in (1, 2, 3)
        ],
    ),
    "letters wrapped, chosen, with their words": (
        "".join(
            f"{n}、先看{n}（ ）\nA、灯\nB、门\n{label}\n"
            for n, label in enumerate(
                ["答案:(B)", "答案：【B】", "答案：选B", "参考答案：B项", "正确答案是B", "答案是B。", "【答案】（B）"]
                + ["答案：B、门", "答案→B"],
                1,
            )
        ),
        [("single_choice", f"先看{n}（ ）", ["灯", "门"], "B") for n in range(1, 10)],
    ),
    "statements answered in rarer ways": (
        "判断题\n1.灯要亮。［√］\n2.门要开。（V）\n3.窗要关。（N）\n4.伞要带。（不正确）\n5.要登记。（ ）\nA.正确\nB.错误\n答案：B（错误）\n",
        [
            ("true_false", "灯要亮。［］", [], True),
            ("true_false", "门要开。（）", [], True),
            ("true_false", "窗要关。（）", [], False),
            ("true_false", "伞要带。（）", [], False),
            ("true_false", "要登记。（ ）", [], False),
        ],
    ),
    "statements without numbers or blank lines": (
        "灯要亮。（ ）\n答案：对\n门要开。（ ）\n答案：错\n",
        [("true_false", "灯要亮。（ ）", [], True), ("true_false", "门要开。（ ）", [], False)],
    ),
    "blanks drawn in other ways": (
        "填空题\n1、看【】和【】。\n答案：灯；门\n2、看□□和□□。\n答案：灯；门\n3、看————和————。\n答案：[灯][门]\n"
        "4、看      和      。\n答案：灯和门\n5、看﹍﹍和﹍﹍。\n答案：“灯”“门”\n6、看【灯】。\n",
        [
            ("fill_blank", "看【】和【】。", [], [["灯"], ["门"]]),
            ("fill_blank", "看____和____。", [], [["灯"], ["门"]]),
            ("fill_blank", "看____和____。", [], [["灯"], ["门"]]),
            ("fill_blank", "看____和____。", [], [["灯"], ["门"]]),
            ("fill_blank", "看____和____。", [], [["灯"], ["门"]]),
            ("fill_blank", "看【】。", [], [["灯"]]),
        ],
    ),
    "headings with rarer ordinals, kinds with a colon": (
        "Ⅰ、单选题\n1.先看（A）\nA.灯\nB.门\n贰、判断题\n1.灯要亮。（√）\n三，多选题\n1.多选题：要带（AB）\nA.灯\nB.伞\n",
        [
            ("single_choice", "先看（）", ["灯", "门"], "A"),
            ("true_false", "灯要亮。（）", [], True),
            ("multiple_choice", "要带（）", ["灯", "伞"], "AB"),
        ],
    ),
    **{
        f"numbered {number.format(1)}": (
            "".join(f"{number.format(sign)}看{sign}（A）\nA.灯\nB.门\n" for sign in signs),
            [("single_choice", f"看{sign}（）", ["灯", "门"], "A") for sign in signs],
        )
        for number, signs in (("{}，", "123"), ("{}.)", "123"), ("<{}>", "123"), ("题{}：", "123"), ("{}、", "一二三"))
    },
    "numbers of pages between options": (
        "一、单选题\n"
        + "".join(
            f"{n}、先看{n}（A）\nA、灯\nB、门\n\n{page}\n\n"
            for n, page in enumerate(["7", "·8·", "（第 9 页）", "Page 1 of 8", "测试卷  第1页（共8页）", "密 封 线 内 不 要 答 题"], 1)
        ),
        [("single_choice", f"先看{n}（）", ["灯", "门"], "A") for n in range(1, 7)],
    ),
    "a card without heads whose last row is short": (
        "一、单选题\n"
        + "".join(f"{n}、先看{n}（ ）\nA、灯 B、门\n" for n in range(1, 5))
        + "参考答案\n一、单选题\n1  2  3\nB  A  B\n4\nA\n",
        [("single_choice", f"先看{n}（ ）", ["灯", "门"], letter) for n, letter in enumerate("BABA", 1)],
    ),
    "figures for answers in a key": (
        "一、填空题\n1.宽____米，长____米。\n2.高____米。\n答案\n1.65  年限\n2.3.6\n",
        [
            ("fill_blank", "宽____米，长____米。", [], [["65"], ["年限"]]),
            ("fill_blank", "高____米。", [], [["3.6"]]),
        ],
    ),
    "the head of a page below statements and blanks": (
        "一、判断题\n1.灯要亮（ ）\n答案：对\n2.门要开。（√）\n测试卷\n第1页\n二、填空题\n1.看____。\n测试卷\n第2页\n答案：灯\n",
        [
            ("true_false", "灯要亮（ ）", [], True),
            ("true_false", "门要开。（）", [], True),
            ("fill_blank", "看____。", [], [["灯"]]),
        ],
    ),
    "letters without signs before letters, far apart": (
        "1、血型是（ ）\nAA型血  BB型血  CO型血\n答案：A\n2、设备是（ ）\nAX光机  BCT机  C心电图\n答案：B\n",
        [
            ("single_choice", "血型是（ ）", ["A型血", "B型血", "O型血"], "A"),
            ("single_choice", "设备是（ ）", ["X光机", "CT机", "心电图"], "B"),
        ],
    ),
    "cards do not make a file run on": (
        "一、单选题\n1.先看（ ）\nA.灯 B.门\n2.后看（ ）\nA.灯 B.门\n3.再看（ ）\nA.灯 B.门\n二、填空题\n1.共2.492亿____。\n"
        "2.看____。\n答案\n一、单选题\n题号 1 2 3\n答案 A B A\n二、填空题\n1.吨\n2.灯\n",
        [
            ("single_choice", "先看（ ）", ["灯", "门"], "A"),
            ("single_choice", "后看（ ）", ["灯", "门"], "B"),
            ("single_choice", "再看（ ）", ["灯", "门"], "A"),
            ("fill_blank", "共2.492亿____。", [], [["吨"]]),
            ("fill_blank", "看____。", [], [["灯"]]),
        ],
    ),
    "words between blanks that nobody filled": (
        "填空题\n1、看____，再登记____。\n2、为__灯__看。\n",
        [("fill_blank", "看____，再登记____。", [], None), ("fill_blank", "为____看。", [], [["灯"]])],
    ),
}


@pytest.mark.parametrize("name", HABITS)
def test_the_habit_is_read_exactly(name):
    source, questions = HABITS[name]
    document = text.read(source)
    assert lines_lost(source, document) == []
    assert [(one["kind"], one["stem"], one["options"], one["answer"]) for one in document["questions"]] == questions



CHOICES = "一、单选题\n" + "".join(f"{n}. 第{n}盏灯要（A）。\nA. 亮\nB. 暗\n" for n in range(1, 5))
STATEMENTS = [("出门要看天", True), ("灯要常明", False), ("门要常开", False)]
NUMBERS = ["", "{n}，", "{n} ", "{n}", "{n}/", "★{n}.", "● ", "- ", "{o}", "{r}、", "{p}", "判{n}、", "{n}-", "{n};", "({n}).", "{c}.", "（{c}）",
           "0{n}", "{n}]", "{n}\\. ", "P{n}. "]  # fmt: skip


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("sign", ["（{a}）", " {a}"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_part_may_number_its_questions_in_its_own_way_or_not_at_all(number, sign, is_first):
    """They were left out as instructions, with nothing found wrong."""
    marks = [{"n": n, "o": "①②③"[n - 1], "r": "ⅠⅡⅢ"[n - 1], "p": "⒈⒉⒊"[n - 1], "c": "一二三"[n - 1]} for n in (1, 2, 3)]
    rows = [
        f"{number.format(**mark)}{words}。{sign.format(a='√' if is_true else '×')}\n"
        for mark, (words, is_true) in zip(marks, STATEMENTS, strict=True)
    ]
    part = "二、判断题（对的打√，错的打×）\n请在括号内打“√”或“×”。\n" + "".join(rows)
    document = text.read(part + CHOICES if is_first else CHOICES + part)
    found = [(one["stem"].strip("（）。"), one["answer"]) for one in document["questions"] if one["kind"] == "true_false"]
    assert found == STATEMENTS and len(document["questions"]) == 7


def test_a_statement_whose_number_was_forgotten_is_one_all_the_same():
    document = text.read("一、判断题\n灯要亮。（√）\n2.门要关。（×）\n窗要开。（√）\n3.伞要收。（×）\n")
    assert [one["answer"] for one in document["questions"]] == [True, False, True, False]
    assert codes(document) == []


def test_what_asks_something_before_the_first_question_is_no_instruction():
    document = text.read(CHOICES + "二、填空题\n1. 首都是____。\n答案：北京\n三、简答题\n什么灯要（ ）？\n1. 看灯\n2. 看门\n")
    assert "unread-line" in codes(document)


def test_blanks_without_numbers_behind_a_part_with_numbers():
    document = text.read(CHOICES + "二、填空题\n首都是（北京）。\n市花是____。\n答案：月季\n国旗是__五星红旗__。\n")
    assert [one["answer"] for one in document["questions"][4:]] == [[["北京"]], [["月季"]], [["五星红旗"]]]


def test_a_sign_of_any_kind_before_the_number_is_the_answer():
    document = text.read("一、判断题\n（√）1灯要亮。\n（╳）2门要开。\n（X）3窗要开。\n（v）4伞要收。\n（∨）5路要平。\n")
    assert [one["answer"] for one in document["questions"]] == [True, False, False, True, True]


@pytest.mark.parametrize(
    ("stem", "options", "answer"),
    [
        ("乡镇（街道）应当（B）", ["街道", "亮灯"], "B"),
        ("村民（代表）会议由（AB）定", ["代表", "村民", "组长"], "AB"),
        ("村民（代表）会议由（ ）定", ["代表", "村民"], None),
    ],
)
def test_letters_in_a_bracket_go_before_words_in_another(stem, options, answer):
    """Words that are an option's too were the answer; an empty bracket says that there is none."""
    rows = "".join(f"{letter}. {option}\n" for letter, option in zip("ABC", options, strict=False))
    (one,) = text.read(f"一、选择题\n1. {stem}。\n{rows}")["questions"]
    assert one["answer"] == answer and ("代表" in one["stem"] or "街道" in one["stem"])


@pytest.mark.parametrize("head", ["单选题", "第一部分", "以上", "本节", "一、单选题"])
def test_whose_answers_a_key_gives_is_no_part_of_the_question_above_it(head):
    document = text.read(CHOICES.replace("（A）", "（ ）") + f"{head}答案：1、A 2、B 3、A 4、B\n二、判断题\n1. 灯要亮。\n2. 门要关。\n判断题答案：1、错 2、对\n")
    assert [one["answer"] for one in document["questions"]] == ["A", "B", "A", "B", False, True]
    assert document["questions"][3]["options"] == ["亮", "暗"] and document["questions"][5]["stem"] == "门要关。"


@pytest.mark.parametrize("second", ["案例二\n李某堵了消防通道。", "案例2 李某堵了消防通道。", "【背景材料】李某堵了消防通道。", "案例二：李某堵了消防通道。"])
@pytest.mark.parametrize("before", ["2.雨小就可以不转移。（×）", "2.雨小就可以不转移。（判断）\n答案：×", "2.应报告（ ）。\nA. 镇\nB. 亲戚\n答案：A"])
def test_the_text_of_a_second_case_goes_with_its_own_questions(before, second):
    """It was swallowed by the question above it, and its questions were asked about the first text."""
    first = "案例一\n村里下大雨，网格员通知转移。\n1.他的做法（ ）。\nA. 对头\nB. 多事\n答案：A\n"
    document = text.read(f"案例分析题\n{first}{before}\n{second}\n3.网格员应（ ）。\nA. 劝导\nB. 罚款\n答案：A\n")
    assert ["大雨" in one["material"] for one in document["questions"]] == [True, True, False]
    assert "消防通道" in document["questions"][2]["material"] and document["questions"][1]["kind"] in ("true_false", "single_choice")


@pytest.mark.parametrize(
    ("line", "is_true", "explanation"),
    [
        ("灯要常明。（×）改正：随手关灯。", False, "改正：随手关灯。"),
        ("灯要常明。（×，应随手关灯）", False, "应随手关灯"),
        ("灯要常明。（ ）×", False, ""),
        ("灯要亮。（v）", True, ""),
        ("灯要常明。\n答案：×（应随手关灯）", False, "（应随手关灯）"),
        ("灯要常明。\n答案：F  应随手关灯", False, "应随手关灯"),
        ("灯要亮。\n答案：✅", True, ""),
    ],
)
def test_a_sign_with_its_reason_is_the_answer_of_a_statement(line, is_true, explanation):
    (one,) = text.read(f"一、判断题\n1. {line}\n")["questions"]
    assert (one["answer"], one["explanation"]) == (is_true, explanation) and not one["problems"]


def test_what_a_bracket_says_against_a_key_is_named_wherever_it_stands():
    (one,) = text.read("一、单选题\n1. 此事由（B）办。\nA. 县\nB. 乡\n答案：A\n")["questions"]
    assert [(each["code"], each["severity"]) for each in one["problems"]] == [("answer-contradicts", "warning")]


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        ("1. 灯要（ ）。\nA. 亮\nB. 明\nC. 净\n答案：以上都是", "ABC"),
        ("1. 灯要（ ）。\nA. 亮\nB. 明\nC. 以上都是\n答案：以上都是", "C"),
        ("1. 灯要（A-C）。\nA. 亮\nB. 明\nC. 净", "ABC"),
        ("1. 关于灯，下列说法正确的\n是（  ）\nA. 亮\nB. 明\n答案：A", "A"),
        ("1. 灯自（答案：B）起要亮。\nA. 早\nB. 晚", "B"),
    ],
)
def test_answers_as_trainers_say_them(source, answer):
    (one,) = text.read(f"一、选择题\n{source}\n")["questions"]
    assert one["answer"] == answer and not one["problems"] and one["stem"].endswith(("。", "）"))


def test_a_chapter_is_read_from_its_label():
    (one,) = text.read("1. 填空：灯要____。\n【答案】亮\n【所属章节】总则\n")["questions"]
    assert (one["kind"], one["stem"], one["chapter"], one["explanation"]) == ("fill_blank", "灯要____。", "总则", "")


def test_a_slash_between_words_of_an_answer_is_asked_about():
    one, other = text.read("一、填空题\n1. 满____岁。\n答案：18/十八\n2. 占____。\n答案：1/3\n")["questions"]
    assert [(each["code"], each["severity"]) for each in one["problems"]] == [("blank-slash", "warning")]
    assert not other["problems"]


def test_a_sign_written_as_code_is_a_sign():
    (one,) = text.read("二、判断题\n1\\. 灯要常明。 `×`\n")["questions"]
    assert (one["stem"], one["answer"]) == ("灯要常明。", False)


def test_a_label_before_options_and_a_break_of_a_page_are_no_words():
    (one,) = text.read("1. 灯要（ ）。<br>\n选项：A. 亮<br>B. 暗\n答案：A\n随手关灯。\n")["questions"]
    assert (one["stem"], one["options"], one["explanation"]) == ("灯要（ ）。", ["亮", "暗"], "随手关灯。")


LINES = "{n}. {stem}（ ）。\nA. 亮\nB. 暗\n答案：{answer}\n"


def test_a_question_whose_number_was_forgotten_is_no_explanation_of_the_one_above_it():
    choices = LINES.format(n=1, stem="灯要", answer="A") + LINES.format(n=2, stem="门要", answer="B")[3:]
    document = text.read(f"一、单选题\n{choices}二、判断题\n1. 灯要亮。\n答案：正确\n门要开。\n答案：错误\n")
    assert [one["answer"] for one in document["questions"]] == ["A", "B", True, False]
    assert [one["explanation"] for one in document["questions"]] == [""] * 4


def test_an_explanation_that_goes_through_the_options_begins_no_question():
    more = "解析：考查用灯。\n各项分析如下：\nA. 亮了才看得见。\nB. 暗了看不见。\n"
    document = text.read(f"一、单选题\n{LINES.format(n=1, stem='灯要', answer='A')}{more}{LINES.format(n=2, stem='门要', answer='B')}")
    assert [one["answer"] for one in document["questions"]] == ["A", "B"]
    assert document["questions"][0]["explanation"].endswith("A. 亮了才看得见。\nB. 暗了看不见。")


def test_numbers_of_three_parts_count_on_within_each():
    source = "1.1 判断题\n1.1.1 灯要亮。（√）\n1.1.2 门要开。（×）\n1.1.3 窗要开。（√）\n1.2 填空题\n1.2.1 灯要____。答案：亮\n1.2.2 门要____。答案：关\n"
    document = text.read(source)
    assert [one["answer"] for one in document["questions"]] == [True, False, True, [["亮"]], [["关"]]]
    assert lines_lost(source, document) == []


@pytest.mark.parametrize("title", ["乙队", "第二组", "抢答环节", "【风险题】"])
def test_a_round_whose_numbers_begin_anew_is_a_part(title):
    source = f"一、判断题\n1、灯要亮。（√）\n2、门要开。（×）\n{title}\n1、窗要开。（×）\n2、伞要收。（√）\n"
    document = text.read(source)
    assert [(one["stem"], one["answer"]) for one in document["questions"]][1:3] == [("门要开。（）", False), ("窗要开。（）", False)]
    assert len(document["questions"]) == 4


def test_what_is_left_of_two_signs_in_one_text_is_named():
    document = text.read("一、判断题\n1、灯要亮。（√）\n2、门要开。（×）\n以下，由乙队作答\n1、窗要开。（×）\n")
    assert "sign-left" in codes(document)


def test_the_answers_of_blanks_below_their_label_are_no_questions():
    source = "一、填空题\n1、底线是____亿亩。\n正确答案：\n（1）18\n2、五级指省、____、乡、____。\n正确答案：\n（1）县\n（2）村\n3、灯要____。\n正确答案：\n（1）亮\n"
    document = text.read(source)
    assert [one["answer"] for one in document["questions"]] == [[["18"]], [["县"], ["村"]], [["亮"]]]
    assert lines_lost(source, document) == []


def test_a_correction_and_an_explanation_that_says_otherwise_are_named():
    more = "解析：省电，故选B。\n更正：第2题答案应为B。\n"
    document = text.read(f"一、单选题\n{LINES.format(n=1, stem='灯要', answer='A')}{more}")
    assert codes(document) == ["correction-unread", "explanation-contradicts"]


@pytest.mark.parametrize("lead", ["", "2"])
def test_a_question_with_its_answer_in_the_stem_is_no_option_of_the_one_above_it(lead):
    bare = text.read("一、单选题\n1. 灯要（A）。\nA. 亮\nB. 暗\n门要怎样才好？\nA. 开\nB. 关\n")["questions"]
    assert [(one["stem"], len(one["options"])) for one in bare] == [("灯要（）。", 2), ("门要怎样才好？", 2)]
    source = f"一、单选题\n1. 灯要（A）。\nA. 亮\nB. 暗\n{lead}门要怎样才好（B）。\nA. 开\nB. 关\n3. 窗要（A）。\nA. 开\nB. 关\nPART 02\nEND\n"
    document = text.read(source)
    assert [(one["stem"], one["answer"]) for one in document["questions"]] == [("灯要（）。", "A"), ("门要怎样才好（）。", "B"), ("窗要（）。", "A")]
    assert [one["options"][1] for one in document["questions"]] == ["暗", "关", "关"]


@pytest.mark.parametrize("title", ["二、新增部分", "（二）医疗保障"])
def test_a_title_without_a_kind_is_no_part_of_the_question_above_it(title):
    document = text.read(f"一、单选题\n1. 灯要（A）。\nA. 亮\nB. 暗\n{title}\n2. 门要（B）。\nA. 开\nB. 关\n")
    assert [(one["options"], one["answer"]) for one in document["questions"]] == [(["亮", "暗"], "A"), (["开", "关"], "B")]
    assert {"from": 5, "to": 5, "reason": "heading"} in document["ignored"]


def test_numbers_of_pages_alone_between_blank_lines_are_no_text():
    pages = iter(["\n\n7\n\n", "\n\n8\n\n", "\n\n9\n\n", "\n\n10\n\n"])
    source = "".join(f"{n}. 第{n}盏灯要（ ）。{next(pages) if n < 3 else ''}\nA. 亮\nB. 暗{next(pages) if n > 4 else ''}\n答案：A\n" for n in range(1, 7))
    document = text.read(f"一、单选题\n{source}")
    assert all((one["stem"][-4:], one["options"]) == ("（ ）。", ["亮", "暗"]) for one in document["questions"])
    assert sum(one["reason"] == "page-number" for one in document["ignored"]) == 4


def test_the_head_of_a_page_between_a_stem_and_its_options_is_no_text():
    head = "青禾镇应知应会手册\n"
    source = "".join(f"{n}. 第{n}盏灯要（ ）。\n{head if n == 3 else ''}A. 亮\nB. 暗\n答案：A\n{head if n in (1, 5) else ''}" for n in range(1, 7))
    document = text.read(f"一、单选题\n{source}")
    assert {one["stem"][-4:] for one in document["questions"]} == {"（ ）。"} and len(document["questions"]) == 6
    assert sum(one["reason"] == "repeated-line" for one in document["ignored"]) == 3


@pytest.mark.parametrize("first", ["1.A 2.B\n", ""])
def test_a_part_gets_no_answers_of_the_next_parts_key(first):
    """Both parts begin at 1: without a key of its own, the first had the second's."""
    part = "1. {0}要（ ）。\nA. 亮\nB. 暗\n2. {1}要（ ）。\nA. 亮\nB. 暗\n"
    document = text.read(f"第1期\n{part.format('灯', '门')}{first}第2期\n{part.format('窗', '伞')}答案：\n1.B 2.A\n")
    assert [one["answer"] for one in document["questions"]] == ([*"AB"] if first else [None, None]) + ["B", "A"]


def test_a_mistyped_number_costs_nothing_but_a_word():
    """140 between 39 and 41: what followed was swallowed, and the key's next answers with it."""
    blanks = "".join(f"{n}. 第{n}盏是____。\n" for n in (1, 2, 13, 4))
    document = text.read(f"一、填空题\n{blanks}参考答案\n1.甲\n2.乙\n3.丙\n4.丁\n")
    assert [one["answer"] for one in document["questions"]] == [[["甲"]], [["乙"]], [["丙"]], [["丁"]]]
    assert codes(document) == ["number-gap"]


def test_a_statement_that_its_sign_leads_ends_with_its_row():
    signed = "一、判断题\n（√）1、灯要亮。\n（×）2、门要开。\n（×）窗要开。\n"
    document = text.read(f"{signed}三、补充练习\n1、伞要（A）。\nA、收\nB、扔\n2、路要（B）。\nA、堵\nB、通\n")
    assert [one["answer"] for one in document["questions"]] == [True, False, False, "A", "B"]


@pytest.mark.parametrize("head", ["第二部分 参考答案及解析", "第三部分：参考答案", "参考答案及解析"])
def test_a_key_may_be_a_part_of_the_paper(head):
    document = text.read(f"第一部分 试题\n一、单选题\n1. 灯要（ ）。\nA. 亮\nB. 暗\n{head}\n一、单选题\n1、【答案】B\n【解析】省电。\n")
    (one,) = document["questions"]
    assert (one["answer"], one["explanation"]) == ("B", "省电。")


def test_what_is_labelled_beside_a_question_is_read_as_in_the_house_format():
    one = text.read(
        "一、单选题\n1. 先看（ ）。\nA. 灯\nB. 门\n答案：A\n解析：要点一\n条款：第二条、第四条\n难度：易\n标签：甲，乙\n分值：2\n编号：nw-9\n"
    )["questions"][0]
    assert (one["citations"], one["tags"], one["code"]) == (["第二条", "第四条"], ["甲", "乙"], "nw-9")
    assert (one["difficulty"], one["points"], one["explanation"]) == ("easy", 2, "要点一")


def test_no_line_behind_a_difficulty_is_lost():
    """What means nothing as a label's value stays with the explanation, or is named."""
    source = "一、单选题\n1. 先看（ ）。\nA. 灯\nB. 门\n答案：A\n难度：\n较难\n以灯为准。\n条款：《条例》总则\n编号：12\n"
    one = text.read(source)["questions"][0]
    assert (one["difficulty"], one["explanation"]) == ("hard", "以灯为准。\n条款：《条例》总则\n编号：12")
    below = text.read("1. 先看（ ）。\nA. 灯\nB. 门\n答案：A\n条款：\n《条例》总则\n")["questions"][0]
    assert (below["citations"], below["explanation"]) == ([], "《条例》总则")
    odd = text.read("一、单选题\n1. 先看（ ）。\nA. 灯\nB. 门\n答案：A\n难度：三星\n分值：两分\n")["questions"][0]
    assert [one["code"] for one in odd["problems"]] == ["difficulty-unknown", "points-unreadable"]
    assert {one["severity"] for one in odd["problems"]} == {"warning"}


def test_words_between_long_lines_are_taken_with_a_warning():
    document = text.read("填空题\n1、为____灯____看。\n")
    assert [one["answer"] for one in document["questions"]] == [[["灯"]]]
    assert codes(document) == ["answer-between-lines"]


@pytest.mark.parametrize("dot", [".", ""])
def test_titles_of_an_outline_part_its_questions(dot):
    source = (
        f"1{dot} 单选题\n1.1{dot} 消防\n1.1.1{dot} 灯要多（B）。\nA. 暗 B. 亮\n1.1.2{dot} 门要（A）。\nA. 关 B. 开\n1.2{dot} 治安\n"
        f"1.2.1{dot} 路要（A）。\nA. 平 B. 陡\n2{dot} 判断题\n2.1{dot} 环保\n2.1.1{dot} 灯要亮。（√）\n2.1.2{dot} 伞要丢。（×）\n"
    )
    told = [(one["number"], one["chapter"], one["stem"], one["answer"]) for one in text.read(source)["questions"]]
    assert told == [("1", "消防", "灯要多（）。", "B"), ("2", "消防", "门要（）。", "A"), ("1", "治安", "路要（）。", "A"),
                    ("1", "环保", "灯要亮。（）", True), ("2", "环保", "伞要丢。（）", False)]  # fmt: skip


@pytest.mark.parametrize("answer", ["四（或Ⅳ）", "四(也可写Ⅳ)", "四（或者：Ⅳ）"])
def test_a_blank_accepts_what_a_bracket_says_instead(answer):
    (one,) = text.read(f"1. 响应分____级。\n答案：{answer}\n")["questions"]
    assert one["answer"] == [["四", "Ⅳ"]]
