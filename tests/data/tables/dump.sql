-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `管理员`;
CREATE TABLE `管理员` (
  `id` int(11) NOT NULL AUTO_INCREMENT,
  `姓名` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;
INSERT INTO `管理员` VALUES (1,'甲;);\'乙'),(2,NULL);
DROP TABLE IF EXISTS `专利表`;
CREATE TABLE `专利表` (
  `序号` int(11) NOT NULL COMMENT '号(内部), 不用',
  `申请号` varchar(64) DEFAULT NULL,
  `申请日` int(11) DEFAULT NULL,
  `公开号` varchar(64) DEFAULT NULL,
  `公开日` int(11) DEFAULT NULL,
  `授权公告号` varchar(64) DEFAULT NULL,
  `授权公告日` int(11) DEFAULT NULL,
  `专利名称` varchar(255) DEFAULT NULL,
  `申请人` varchar(255) DEFAULT NULL,
  `申请摘要` text,
  `法律状态` varchar(64) DEFAULT NULL,
  PRIMARY KEY (`序号`),
  KEY `k1` (`申请号`)
) ENGINE=InnoDB;
LOCK TABLES `专利表` WRITE;
INSERT INTO `专利表` VALUES (1,'CN201910000011.6',20190103,'CN109000011A',20190423,'CN109000011B',20210514,'一种''双层''蒸笼','示例厨具厂','第一行\n第二行，含\"引号\"和反斜杠\\','有权-审定授权'),
(2,'CN202020000012.1',20200106,'CN211000012U',20201120,'CN211000012U',20201120,'蒸笼盖','示例厨具厂',NULL,'有权-审定授权');
INSERT INTO `专利表` (`申请号`, `专利名称`, `申请日`) VALUES ('CN202130000013.7', '蒸笼（竹）', 0);
UNLOCK TABLES;
