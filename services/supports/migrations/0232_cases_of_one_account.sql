-- title: cases of one account
-- older versions cannot run: no
--
-- A claim is compared with those of every case of its survivor, which are found by the account.

create index {concurrently} benefit_account_of on benefit_account (account)
