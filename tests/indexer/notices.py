"""Three short notices, each of which says what the others do not."""

from __future__ import annotations

FLOOD = "关于做好防汛工作的通知\n\n各区人民政府要落实防汛责任，备足物资，加强巡查。\n"
SCHOOL = "关于做好招生工作的通知\n\n各学校要严格执行招生政策，公开办事程序。\n"
HEALTH = "关于做好卫生工作的通知\n\n各医院要改进服务，方便群众看病就医。\n"
